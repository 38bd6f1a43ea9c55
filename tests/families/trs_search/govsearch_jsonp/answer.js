

﻿
result({"num":2,"nPage":1,"data":[{"title":"吉林省人民政府关于…","puburl":"http://list.test/gkml/t20210301_1.html","MetaDataId":"1","tip":{"title":"吉林省人民政府关于印发吉林省新基建工程方案的通知","filenum":"吉政发〔2021〕3号","publisher":"吉林省人民政府","dates":"2021年03月01日"}},
{"title":"通知","puburl":"http://list.test/gkml/t20210201_2.html","tip":{"filenum":"","dates":"2021年02月01日"}}]});