import type { IncomingMessage } from 'node:http'
import { Invalid } from '@clientele/kit'
import { repeatedKey } from './json-keys.js'

/** Reads the body of a request that says it is JSON, of at most `maxBytes`. Throws `Invalid` with a reason that starts with `body.`. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  checkContentType(request.headers['content-type'])
  if ((request.headers['content-encoding'] ?? 'identity') !== 'identity') {
    throw new Invalid('A compressed request body is not accepted.', { reason: 'body.encoding' })
  }
  return readBytes(request, maxBytes)
}

/** The JSON object that a body is. Throws `Invalid` with a reason that starts with `body.`. */
export function parseBody(bytes: Buffer): Record<string, unknown> {
  const text = decode(bytes)
  const body = parseJson(text)
  if (Array.isArray(body))
    throw new Invalid('Send one operation per request; batches are off.', { reason: 'body.batch' })
  if (body === null || typeof body !== 'object') {
    throw new Invalid('The request body must be a JSON object with a "query".', { reason: 'body.not_an_object' })
  }
  const repeated = repeatedKey(text)
  if (repeated !== undefined) {
    const message = `The request body has the key "${repeated.slice(0, 40)}" twice; send each once.`
    throw new Invalid(message, { reason: 'body.repeated_key' })
  }
  return body as Record<string, unknown>
}

/** The HTTP status that goes with a body that was refused. */
export function statusOfBodyFault(reason: string | undefined): number | undefined {
  if (reason === 'body.too_large') return 413
  if (reason === 'body.content_type' || reason === 'body.charset' || reason === 'body.encoding') return 415
  return undefined
}

function checkContentType(header: string | undefined): void {
  const [type = '', ...parameters] = (header ?? '').split(';').map((part) => part.trim().toLowerCase())
  if (type !== 'application/json') {
    throw new Invalid('The content-type of a request must be application/json.', { reason: 'body.content_type' })
  }
  const charset = parameters.find((parameter) => parameter.startsWith('charset='))?.slice('charset='.length)
  if (charset !== undefined && !['utf-8', 'utf8', '"utf-8"'].includes(charset)) {
    throw new Invalid('The charset of a request must be utf-8.', { reason: 'body.charset' })
  }
}

// Not `for await`: leaving that loop early destroys the socket, and the client would see a reset instead of the answer.
function readBytes(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    const finish = (settle: () => void) => {
      request.removeAllListeners('data').resume()
      settle()
    }
    const refuse = (found: number) =>
      finish(() => {
        const message = `The request body has ${found} bytes or more; the limit is ${maxBytes}.`
        reject(new Invalid(message, { reason: 'body.too_large' }))
      })
    const announced = Number(request.headers['content-length'] ?? 0)
    if (announced > maxBytes) return refuse(announced)
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > maxBytes) refuse(size)
      else chunks.push(chunk)
    })
    request.once('end', () => finish(() => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks))))
    request.once('error', (cause) =>
      finish(() => reject(new Invalid('The request ended too early.', { reason: 'body.cut_off', cause }))),
    )
  })
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

function decode(bytes: Buffer): string {
  try {
    return utf8.decode(bytes)
  } catch (cause) {
    throw new Invalid('The request body is not valid UTF-8.', { reason: 'body.not_utf8', cause })
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Invalid('The request body is not valid JSON.', { reason: 'body.not_json', cause })
  }
}
