/** Parameters that Twilio documents or was seen to send. Others are tolerated and listed. */
export const knownParameters: ReadonlySet<string> = new Set(
  `AccountSid Address AddOns ApiVersion ApiKey Body ButtonPayload ButtonText CallDuration CallSid CallStatus
  CallToken Called CalledCity CalledCountry CalledState CalledZip Caller CallerCity CallerCountry CallerName
  CallerState CallerZip CallbackSource ChannelInstallSid ChannelMetadata ChannelPrefix ChannelStatusCode
  ChannelStatusMessage ChannelToAddress Direction Duration ErrorCode ErrorMessage EventType ExternalUserId Forwarded
  ForwardedFrom FrequentlyForwarded From FromCity FromCountry FromState FromZip InteractiveData Label
  Latitude ListDescription ListId ListTitle Longitude MediaContentType MediaUrl MessagePrice MessageSid
  MessageStatus MessageType MessagingServiceSid NumMedia NumSegments OptOutType OriginalRepliedMessageSender
  OriginalRepliedMessageSid ParentCallSid Price PriceUnit ProfileName RawDlrDoneDate RecordingSid RecordingUrl
  ReferralBody ReferralCtwaClid ReferralHeadline ReferralMediaContentType ReferralMediaId ReferralMediaUrl
  ReferralNumMedia ReferralSourceId ReferralSourceType ReferralSourceUrl SequenceNumber SipResponseCode
  SmsMessageSid SmsSid SmsStatus StirVerstat StructuredMessage SubresourceUris Timestamp To ToCity ToCountry ToState ToZip
  WaId DialBridged DialCallDuration DialCallSid DialCallStatus Digits ForwardedFrom RecordingChannels RecordingDuration
  RecordingSource RecordingStartTime RecordingStatus RecordingTrack SpeechResult StirPassportToken StirVerstat TranscriptionStatus`.split(
    /\s+/,
  ),
);
