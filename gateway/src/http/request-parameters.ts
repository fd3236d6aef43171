import { Invalid, readTexts } from '@clientele/kit'

/** The parameters of a GraphQL request, from a POST body or from the query string of a GET, before anything of it is believed. */
export interface RequestParameters {
  query?: unknown
  documentId?: unknown
  operationName?: unknown
  variables?: unknown
  extensions?: unknown
}

/**
 * Refuses what no text may hold, in all but the document, which is looked at once for all requests.
 * Throws `Invalid` with the reason `text.malformed` and the path below the variables, or the name of the parameter.
 */
export function checkTexts({ variables, documentId, operationName, extensions }: RequestParameters): void {
  readTexts(variables)
  readTexts({ documentId, operationName, extensions })
}

/** The parameters of a GET request. Throws `Invalid` for one that is given twice: which of them counts must not be a matter of taste. */
export function parametersOfSearch(search: string): RequestParameters {
  if (!isUtf8(search)) throw new Invalid('The query string is not UTF-8.', { reason: 'text.malformed', params: {} })
  const parameters = new URLSearchParams(search)
  const one = (name: string) => {
    const [value, ...more] = parameters.getAll(name)
    if (more.length === 0) return value
    throw new Invalid(`The parameter "${name}" may be given once only.`, {
      reason: 'request.invalid',
      params: { part: name },
    })
  }
  return {
    query: one('query'),
    documentId: one('documentId'),
    operationName: one('operationName'),
    variables: parsed(one('variables')),
    extensions: parsed(one('extensions')),
  }
}

/** Otherwise its bytes would be read as U+FFFD, which is not what was sent. */
function isUtf8(search: string): boolean {
  try {
    return decodeURIComponent(search).isWellFormed()
  } catch {
    return false
  }
}

/** A search string with the text of a document in it, for Apollo Server, which knows no ids. */
export function withDocument(search: string, { query, extensions }: RequestParameters): string {
  const parameters = new URLSearchParams(search)
  parameters.delete('documentId')
  parameters.delete('extensions')
  parameters.set('query', String(query))
  if (extensions !== undefined) parameters.set('extensions', JSON.stringify(extensions))
  return `?${parameters}`
}

/** What is no JSON is left to Apollo Server, which reads and refuses it again. */
function parsed(text: string | undefined): unknown {
  if (text === undefined) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
