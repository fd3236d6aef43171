import Negotiator from 'negotiator'

/** The languages of messages. The first is that of the code and of logs, and of who asks for none of them. */
export const languages = ['en', 'zh'] as const

export type Language = (typeof languages)[number]

/** The language that `Accept-Language` asks for (RFC 9110): `zh-CN`, `zh-Hans` and `zh-TW` are all answered in `zh`. */
export const languageOf = (acceptLanguage = ''): Language => {
  const asked = new Negotiator({ headers: { 'accept-language': acceptLanguage } })
  return (asked.language([...languages]) as Language | undefined) ?? languages[0]
}
