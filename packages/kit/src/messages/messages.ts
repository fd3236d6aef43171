import type { GraphQLFormattedError } from 'graphql'
import type { Params } from '../errors/errors.js'
import { headerOf, type RequestHeaders } from '../http/requests/contract-headers.js'
import type { SubgraphResponse } from '../http/transport.js'
import { zh } from './kit.zh.js'
import { type Language, languageOf } from './language.js'

/** What a reason says in another language: a text, or what makes one of its parameters. */
export type Message = string | ((params: never) => string)

/**
 * Messages by reason, or by code where an error has no reason. `unique.*` is for all reasons that begin so and `*.unknown` for all that end
 * so, where they have no message of their own.
 */
export type Messages = Readonly<Record<string, Message>>

/** The messages in every language but English, in which a reason is told where it arises. */
export type Translations = Readonly<Record<Exclude<Language, 'en'>, Messages>>

/** The messages of the kit and those of a service or the gateway. */
export const withKit = (own: Translations = { zh: {} }): Translations => ({ zh: { ...zh, ...own.zh } })

/** Something that is told to a caller: in English, with what it takes to say it otherwise. */
export interface Told {
  reason: string
  message: string
  params?: Params | undefined
}

/** The message in a language; in English where there is none for its reason. */
export const messageIn = (language: Language, translations: Translations, told: Told): string =>
  (language !== 'en' && translated(translations[language], told)) || told.message

const translated = (messages: Messages, { reason, params }: Omit<Told, 'message'>): string | undefined => {
  const dot = reason.indexOf('.')
  const keys = dot < 0 ? [reason] : [reason, `${reason.slice(0, dot)}.*`, `*${reason.slice(dot)}`]
  const key = keys.find((each) => Object.hasOwn(messages, each))
  const message = key === undefined ? undefined : messages[key]
  return typeof message === 'function' ? params && message(params as never) : message
}

/** An error as a caller sees it: in their language, and without the parameters of which its messages are made. */
export const tellError = (
  error: GraphQLFormattedError,
  language: Language,
  translations: Translations,
): GraphQLFormattedError => {
  const { params, fields: issues, ...extensions } = (error.extensions ?? {}) as Extensions
  const { code = 'INTERNAL', reason = code } = extensions
  const fields = issues?.map(({ params, ...issue }) => ({
    ...issue,
    message: messageIn(language, translations, { ...issue, params }),
  }))
  return {
    ...error,
    message: messageIn(language, translations, { ...summaryOf(reason, params, fields), message: error.message }),
    extensions: { ...extensions, ...(fields && { fields }) },
  }
}

/** An answer whose errors the caller of a request sees. */
export const tellAnswer = (
  answer: SubgraphResponse,
  headers: RequestHeaders,
  translations = withKit(),
): SubgraphResponse => {
  const { errors } = answer
  if (!errors) return answer
  const language = languageOf(headerOf(headers, 'accept-language'))
  return { ...answer, errors: errors.map((error) => tellError(error, language, translations)) }
}

/** An error that says what is wrong with a field is told as its first field is. */
const summaryOf = (reason: string, params: Params | undefined, fields: readonly (Told & { path: string })[] = []) => {
  const [first, ...others] = fields
  if (first?.reason !== reason) return { reason, params }
  return { reason: 'fields', params: { path: first.path, message: first.message, more: others.length } }
}

interface Extensions {
  code?: string
  reason?: string
  params?: Params
  fields?: readonly (Told & { path: string })[]
}
