/** Why no connection was made, in words. All of these may heal. */
const passing: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  UND_ERR_SOCKET: 'the connection was cut',
  ENOTFOUND: 'there is no host of that name',
  EAI_AGAIN: 'its name cannot be looked up now',
  EHOSTUNREACH: 'no way leads there',
  ENETUNREACH: 'no way leads there',
  EADDRNOTAVAIL: 'no way leads there',
  ETIMEDOUT: 'no answer in time',
  UND_ERR_CONNECT_TIMEOUT: 'no answer in time',
  UND_ERR_HEADERS_TIMEOUT: 'no answer in time',
  UND_ERR_BODY_TIMEOUT: 'no answer in time',
  TimeoutError: 'no answer in time',
}

/** What kept a request of `fetch` from an answer: the cause in words with its code, and whether the same request may succeed later. */
export const connectionFault = (error: unknown): { cause: string; mayPass: boolean } => {
  const { name, message, cause } = error as Error
  const { code = name, message: inner = message } = Object(cause) as { code?: string; message?: string }
  const words = Object.hasOwn(passing, code) ? passing[code] : undefined
  // What OpenSSL says is for those who read its sources.
  const told = code.startsWith('ERR_SSL') ? 'it does not speak HTTPS as we do' : inner || 'no connection'
  return { cause: `${words ?? told} (${code})`, mayPass: words !== undefined }
}
