import { type AnswerFault, ApiError } from './api-error.js'
import type { Session } from './session.js'

export interface Api {
  /** The data of one operation. Throws ApiError when the answer has any error, and the reason of `signal` when that ends the waiting. */
  call<T>(query: string, variables?: object, signal?: AbortSignal): Promise<T>
}

interface Answer {
  data?: unknown
  errors?: AnswerFault[]
}

const answerTimeout = 60_000

/** A client of the gateway: one operation per call, nothing repeated. */
export const createApi = ({ url, token }: Session): Api => ({
  call: async <T>(query: string, variables: object = {}, signal?: AbortSignal) => {
    const { data, errors } = await post(`${url}/graphql`, await token(), JSON.stringify({ query, variables }), signal)
    if (errors?.length) throw new ApiError(errors)
    return data as T
  },
})

const post = async (url: string, token: string, body: string, stop?: AbortSignal): Promise<Answer> => {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
  const timeout = AbortSignal.timeout(answerTimeout)
  const signal = stop ? AbortSignal.any([timeout, stop]) : timeout
  const { status, text } = await fetch(url, { method: 'POST', headers, body, signal })
    .then(async (response) => ({ status: response.status, text: await response.text() }))
    .catch((cause: unknown) => {
      stop?.throwIfAborted()
      throw unavailable(`${new URL(url).origin} does not answer (${causeOf(cause)}).`, 'network', cause)
    })
  const answer = parse(text)
  if (answer) return answer
  if (status >= 500 || status === 429) throw unavailable(`The gateway answers with HTTP ${status}.`, `http.${status}`)
  throw new ApiError([
    {
      message: `${url} is no GraphQL endpoint (HTTP ${status}).`,
      extensions: { code: 'INVALID', reason: `http.${status}` },
    },
  ])
}

const parse = (text: string): Answer | undefined => {
  try {
    const answer = JSON.parse(text) as Answer | null
    return answer && ('data' in answer || 'errors' in answer) ? answer : undefined
  } catch {
    return undefined
  }
}

const unavailable = (message: string, reason: string, cause?: unknown) =>
  new ApiError([{ message, extensions: { code: 'UNAVAILABLE', reason } }], cause)

const causeOf = (error: unknown): string => {
  const { cause, name } = error as Error
  return String((cause as { code?: unknown } | undefined)?.code ?? name)
}
