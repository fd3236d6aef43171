import type { SubgraphResponse } from '../transport.js'

/** The GraphQL answer in a JSON text; its errors carry the codes. Throws for a text that has none. */
export function readAnswer(text: string): SubgraphResponse {
  const { data, errors } = Object(JSON.parse(text)) as SubgraphResponse
  const hasData = typeof data === 'object' && !Array.isArray(data) && (data !== null || errors !== undefined)
  const hasErrors =
    Array.isArray(errors) && errors.length > 0 && errors.every((error) => typeof error?.message === 'string')
  if ((!hasData && !hasErrors) || (errors !== undefined && !hasErrors)) throw new Error('No GraphQL answer.')
  return { ...(hasData && { data }), ...(hasErrors && { errors }) }
}
