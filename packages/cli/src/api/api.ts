import { type AnswerFault, ApiError } from './api-error.js'
import { connectionFault } from './connection-fault.js'
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
export const createApi = ({ url, token, tenant }: Session): Api => ({
  call: async <T>(query: string, variables: object = {}, signal?: AbortSignal) => {
    const headers = {
      'content-type': 'application/json',
      // By LC_ALL, LC_MESSAGES or LANG.
      'accept-language': Intl.DateTimeFormat().resolvedOptions().locale,
      authorization: `Bearer ${await token()}`,
      ...(tenant && { 'x-clientele-tenant': tenant }),
    }
    const { data, errors } = await post(`${url}/graphql`, headers, JSON.stringify({ query, variables }), signal)
    if (errors?.length) throw new ApiError(errors)
    return data as T
  },
})

const post = async (
  url: string,
  headers: Record<string, string>,
  body: string,
  stop?: AbortSignal,
): Promise<Answer> => {
  const timeout = AbortSignal.timeout(answerTimeout)
  const signal = stop ? AbortSignal.any([timeout, stop]) : timeout
  const { status, text } = await fetch(url, { method: 'POST', headers, body, signal })
    .then(async (response) => ({ status: response.status, text: await response.text() }))
    .catch((cause: unknown) => {
      stop?.throwIfAborted()
      throw unreachable(url, cause)
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

const unreachable = (url: string, error: unknown) => {
  const { cause, mayPass } = connectionFault(error)
  const extensions = { code: mayPass ? 'UNAVAILABLE' : 'INVALID', reason: 'network' } as const
  return new ApiError([{ message: `${new URL(url).origin} cannot be reached: ${cause}.`, extensions }], error)
}
