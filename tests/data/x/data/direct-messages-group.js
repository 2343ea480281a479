window.YTD.direct_messages_group.part0 = [ {
  "dmConversation" : {
    "conversationId" : "777",
    "name" : "Trip &amp; more",
    "messages" : [ {
      "messageCreate" : { "reactions" : [ ], "urls" : [ ], "text" : "who drives?", "mediaUrls" : [ ], "senderId" : "202", "id" : "2001", "createdAt" : "2020-04-02T10:00:00.000Z" }
    }, {
      "messageCreate" : { "reactions" : [ ], "urls" : [ ], "text" : "I do", "mediaUrls" : [ ], "senderId" : "100", "id" : "2002", "createdAt" : "2020-04-02T10:01:00.000Z" }
    }, {
      "participantsLeave" : { "userIds" : [ "206" ], "createdAt" : "2020-04-01T09:00:00.000Z" }
    }, {
      "joinConversation" : { "initiatingUserId" : "201", "participantsSnapshot" : [ "100", "201", "202", "206" ], "createdAt" : "2020-04-01T08:00:00.000Z" }
    } ]
  }
} ]
