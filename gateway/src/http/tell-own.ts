import { type Language, languageOf, type Translations, tellError, withKit } from '@clientele/kit'
import type { GraphQLFormattedError } from 'graphql'
import { zh } from '../messages.zh.js'

type Headers = Readonly<Record<string, unknown>>

/** The messages of the gateway: subgraphs tell their own. */
export const translations: Translations = withKit({ zh })

/** The language in which a request is answered. */
export const languageIn = ({ 'accept-language': asked }: Headers): Language =>
  languageOf(typeof asked === 'string' ? asked : undefined)

/** An error of the gateway's own as the caller sees it. */
export const tellOwn = (error: GraphQLFormattedError, headers: Headers): GraphQLFormattedError =>
  tellError(error, languageIn(headers), translations)
