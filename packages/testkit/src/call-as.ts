import type { ErrorCode, Subgraph, SubgraphResponse, ValidationIssue } from '@clientele/kit'

/** The first error of an answer, thrown by `query` and `mutate`. */
export class AnswerError extends Error {
  constructor(
    message: string,
    readonly code: ErrorCode,
    readonly reason: string | undefined,
    readonly fields: readonly ValidationIssue[] | undefined,
  ) {
    super(message)
  }
}

/** How an answer came out: `OK`, or the code and the reason of its error. */
export const outcome = (answer: Promise<unknown>): Promise<string> =>
  answer.then(
    () => 'OK',
    ({ code, reason }) => [code, reason].filter(Boolean).join(' '),
  )

export interface AsActor {
  /** The whole answer, errors included. */
  request(document: string, variables?: object): Promise<SubgraphResponse>
  /** The data; throws AnswerError when there is any error. */
  query<T = Record<string, any>>(document: string, variables?: object): Promise<T>
  mutate<T = Record<string, any>>(document: string, variables?: object): Promise<T>
}

/** Calls a subgraph with a token; without one the call is anonymous. */
export const callAs = (subgraph: Subgraph, token?: () => Promise<string>): AsActor => {
  let bearer: Promise<string> | undefined
  const request = async (query: string, variables: object = {}) => {
    bearer ??= token?.()
    return subgraph.execute({
      query,
      // What a client sends has crossed JSON.
      variables: JSON.parse(JSON.stringify(variables)) as Record<string, unknown>,
      headers: bearer ? { authorization: `Bearer ${await bearer}` } : {},
    })
  }
  const dataOf = async (document: string, variables?: object) => {
    const { data, errors } = await request(document, variables)
    const error = errors?.[0]
    if (error) {
      const { code, reason, fields } = (error.extensions ?? {}) as {
        code: ErrorCode
        reason?: string
        fields?: ValidationIssue[]
      }
      throw new AnswerError(error.message, code, reason, fields)
    }
    return data as never
  }
  return { request, query: dataOf, mutate: dataOf }
}
