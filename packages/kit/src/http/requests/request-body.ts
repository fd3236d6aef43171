import type { IncomingMessage } from 'node:http'
import type { Details } from '../../errors/errors.js'
import { HttpFault } from '../answers/http-fault.js'
import { repeatedKey } from './json-keys.js'

/**
 * Reads the body of a request: `application/json` in UTF-8, not compressed, of at most `maxBytes`. What is over that is not kept, and the
 * connection stays usable.
 * @throws HttpFault 413, 415 or (when it is cut off) 400, with a reason that starts with `body.`
 */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  checkContentType(request.headers['content-type'])
  if ((request.headers['content-encoding'] ?? 'identity') !== 'identity') {
    throw fault(415, 'A compressed request body is not accepted.', { reason: 'body.encoding' })
  }
  return readBytes(request, maxBytes)
}

/**
 * The JSON object that a body is, with or without a byte order mark.
 * @throws HttpFault 400 with a reason that starts with `body.`
 */
export function parseBody(bytes: Buffer): Record<string, unknown> {
  const text = decode(bytes)
  const body = parseObject(text)
  const repeated = repeatedKey(text)
  if (repeated !== undefined) {
    const key = repeated.slice(0, 40)
    throw fault(400, `The request body has the key "${key}" twice; send each once.`, {
      reason: 'body.repeated_key',
      params: { key },
    })
  }
  return body
}

/** As `parseBody`, of a text in which nobody looks for keys that come twice. */
export function parseObject(text: string): Record<string, unknown> {
  const body = parseJson(text)
  if (Array.isArray(body))
    throw fault(400, 'Send one operation per request; batches are off.', { reason: 'body.batch' })
  if (body === null || typeof body !== 'object') {
    throw fault(400, 'The request body must be a JSON object with a "query".', { reason: 'body.not_an_object' })
  }
  return body as Record<string, unknown>
}

function checkContentType(header = ''): void {
  if (header === 'application/json') return
  const [type, ...parameters] = header.split(';').map((part) => part.trim().toLowerCase())
  if (type !== 'application/json') {
    throw fault(415, 'The content-type of a request must be application/json.', { reason: 'body.content_type' })
  }
  const charset = parameters.find((parameter) => parameter.startsWith('charset='))?.slice('charset='.length)
  if (charset !== undefined && !/^("?)utf-?8\1$/.test(charset)) {
    throw fault(415, 'The charset of a request must be utf-8.', { reason: 'body.charset' })
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
      finish(() =>
        reject(
          fault(413, `The request body has ${found} bytes or more; the limit is ${maxBytes}.`, {
            reason: 'body.too_large',
            params: { most: maxBytes },
          }),
        ),
      )
    const announced = Number(request.headers['content-length'] ?? 0)
    if (announced > maxBytes) return refuse(announced)
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > maxBytes) refuse(size)
      else chunks.push(chunk)
    })
    request.once('end', () => finish(() => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks))))
    request.once('error', (cause) =>
      finish(() => reject(fault(400, 'The request ended too early.', { reason: 'body.cut_off', cause }))),
    )
  })
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

function decode(bytes: Buffer): string {
  try {
    return utf8.decode(bytes)
  } catch (cause) {
    throw fault(400, 'The request body is not valid UTF-8.', { reason: 'body.not_utf8', cause })
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw fault(400, 'The request body is not valid JSON.', { reason: 'body.not_json', cause })
  }
}

const fault = (status: number, message: string, details: Details) => new HttpFault(status, 'INVALID', message, details)
