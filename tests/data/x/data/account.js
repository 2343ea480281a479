window.YTD.account.part0 = [ {
  "account" : {
    "email" : "nora@feldmann.example",
    "createdVia" : "web",
    "username" : "norafeldmann",
    "accountId" : "100",
    "createdAt" : "2009-03-19T22:54:05.000Z",
    "accountDisplayName" : "Nora Feldmann"
  }
} ]
