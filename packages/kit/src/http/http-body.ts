import type { IncomingMessage } from 'node:http'
import { type ClienteleError, Invalid } from '../errors/errors.js'
import type { SubgraphRequest } from './transport.js'

/** Of a request's body. */
export const MAX_BYTES = 1_048_576

/** The part of a GraphQL request that travels in the body. */
export type GraphQLBody = Pick<SubgraphRequest, 'query' | 'operationName' | 'variables'>

/** A request that never reaches GraphQL: the HTTP status, and the error that the caller is shown. */
export class HttpFault extends Error {
  constructor(
    readonly status: number,
    readonly shown: ClienteleError,
    readonly headers: Record<string, string> = {},
  ) {
    super(shown.message)
  }
}

/**
 * Reads one GraphQL operation: `application/json` in UTF-8, at most 1 MiB, not compressed, not a batch.
 * @throws HttpFault 400, 413 or 415 with an Invalid in it
 */
export async function readGraphQL(request: IncomingMessage): Promise<GraphQLBody> {
  const { 'content-type': type = '', 'content-encoding': encoding = 'identity' } = request.headers
  if (!/^application\/json *(; *charset="?utf-8"? *)?$/i.test(type)) {
    throw fault(415, 'http.content_type', 'Send the operation as application/json in UTF-8.')
  }
  if (encoding !== 'identity') throw fault(415, 'http.content_encoding', 'Compressed requests are not accepted.')
  return readShape(parse(await readAll(request)))
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = Number(request.headers['content-length'] ?? 0)
  if (size > MAX_BYTES) throw tooLarge()
  size = 0
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += (chunk as Buffer).length
    if (size > MAX_BYTES) throw tooLarge()
    chunks.push(chunk as Buffer)
  }
  return Buffer.concat(chunks)
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw fault(400, 'http.json', 'The body is not JSON in UTF-8.')
  }
}

/**
 * The operation in a body.
 * @throws HttpFault 400
 */
export function readShape(body: unknown): GraphQLBody {
  if (Array.isArray(body)) throw fault(400, 'http.batch', 'Batches are not supported: send one operation per request.')
  const { query, operationName, variables } = Object(body) as Record<string, unknown>
  if (typeof query !== 'string' || query === '')
    throw fault(400, 'http.query', 'The body has no "query" with the operation in it.')
  if (operationName != null && typeof operationName !== 'string') {
    throw fault(400, 'http.operation_name', '"operationName" must be a string.')
  }
  if (variables != null && (typeof variables !== 'object' || Array.isArray(variables))) {
    throw fault(400, 'http.variables', '"variables" must be an object.')
  }
  return {
    query,
    ...(operationName != null && { operationName }),
    ...(variables != null && { variables: variables as Record<string, unknown> }),
  }
}

/** The rest of the body is not read, so the connection cannot be used again. */
const tooLarge = () =>
  new HttpFault(413, new Invalid('The body is larger than 1 MiB.', { reason: 'http.too_large' }), {
    connection: 'close',
  })

const fault = (status: number, reason: string, message: string) =>
  new HttpFault(status, new Invalid(message, { reason }))
