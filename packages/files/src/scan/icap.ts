import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import type { Readable } from 'node:stream'
import { connect as connectSecurely } from 'node:tls'
import { Unavailable } from '@clientele/kit'

export type Verdict = 'CLEAN' | 'VIRUS'

const defaultPort = 1_344
const mostConnectMs = 5_000
const mostMs = 45_000
const mostAnswerBytes = 65_536

/**
 * A scanner that is there has not told what a file is: it says that it cannot, hangs up, or is silent. That may lie with this file, so it says
 * nothing of the scanner; what the connection says is a text, and no cause, lest it be taken for a scanner that is away.
 */
export class NoVerdict extends Error {
  override name = 'NoVerdict'
}

/** Headers by which scanners tell what they found, beside a page that takes the place of the file. */
const found = /^(x-infection-found|x-virus-id|x-violations-found|x-virus-name|x-blocked)\s*:/im

/**
 * What a scanner says of a file, asked by RESPMOD (RFC 3507) at a URL such as `icap://scanner:1344/avscan`, or `icaps://` over TLS. Throws UNAVAILABLE
 * `files.scanner` where it cannot be reached or has no such service, `NoVerdict` where it is there and does not tell, or not in time.
 */
export const askScanner = async (
  url: URL,
  file: { bytes: number; content: Readable },
  signal?: AbortSignal,
): Promise<Verdict> => {
  const socket = open(url)
  const both = [socket, file.content]
  // Whoever reads them is told; where nobody does at the moment, an error must not end the process.
  for (const stream of both) stream.on('error', () => {})
  const end = (why: string) => {
    for (const stream of both) stream.destroy(new Error(why))
  }
  const stop = () => end('it was given up')
  signal?.addEventListener('abort', stop)
  const late = setTimeout(end, mostMs, 'no answer in time')
  try {
    await connected(socket, url)
    const answered = answerOf(socket)
    answered.catch(() => {})
    await send(socket, url, file)
    return verdictOf(await answered)
  } catch (error) {
    if (error instanceof Unavailable || error === file.content.errored) throw error
    throw new NoVerdict(`The scanner gave no verdict: ${(error as Error).message}`)
  } finally {
    clearTimeout(late)
    signal?.removeEventListener('abort', stop)
    for (const stream of both) stream.destroy()
  }
}

const away = (cause: unknown) =>
  new Unavailable('The scanner of files cannot be reached now.', { reason: 'files.scanner', cause })

/** Resolves when somebody is there; throws UNAVAILABLE `files.scanner` where nobody is. */
const connected = async (socket: Socket, { protocol }: URL) => {
  try {
    await once(socket, protocol === 'icaps:' ? 'secureConnect' : 'connect', {
      signal: AbortSignal.timeout(mostConnectMs),
    })
  } catch (cause) {
    throw away(cause)
  }
}

const open = ({ protocol, hostname, port }: URL): Socket => {
  const place = { host: hostname, port: Number(port) || defaultPort }
  return protocol === 'icaps:' ? connectSecurely({ ...place, servername: hostname }) : connect(place)
}

const send = async (socket: Socket, url: URL, { bytes, content }: { bytes: number; content: Readable }) => {
  const request = 'GET http://clientele.invalid/file HTTP/1.1\r\nHost: clientele.invalid\r\n\r\n'
  const response = `HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: ${bytes}\r\n\r\n`
  const at = [request.length, request.length + response.length]
  const headers = [
    `RESPMOD icap://${url.host}${url.pathname}${url.search} ICAP/1.0`,
    `Host: ${url.host}`,
    'User-Agent: Clientele',
    'Allow: 204',
    'Connection: close',
    `Encapsulated: req-hdr=0, res-hdr=${at[0]}, res-body=${at[1]}`,
  ]
  await write(socket, `${headers.join('\r\n')}\r\n\r\n${request}${response}`)
  for await (const chunk of content as AsyncIterable<Buffer>) {
    // A scanner that has seen enough answers at once, and reads no further.
    if (socket.destroyed || socket.readableEnded) return
    if (!chunk.length) continue
    await write(socket, `${chunk.length.toString(16)}\r\n`)
    await write(socket, chunk)
    await write(socket, '\r\n')
  }
  await write(socket, '0\r\n\r\n')
}

/** Resolves when it is on its way, also where nobody takes it any more: what the scanner has said tells. */
const write = (socket: Socket, data: string | Buffer) =>
  new Promise<void>((resolve) => socket.write(data, () => resolve()))

/** The heads of its answer, as far as they tell the verdict. */
const answerOf = async (socket: Socket): Promise<string> => {
  let answer = ''
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    answer += chunk.toString('latin1')
    if (isWhole(answer)) return answer
    if (answer.length > mostAnswerBytes) break
  }
  if (isWhole(answer)) return answer
  throw new Error('the answer has no end')
}

/** Whether the head of the answer is there, and with 200 that of the response within. */
const isWhole = (answer: string) => {
  const ends = answer.split('\r\n\r\n').length - 1
  return statusIn(answer) === 200 ? ends > 1 : ends > 0
}

const statusIn = (answer: string) => Number(/^ICAP\/1\.\d (\d{3})/.exec(answer)?.[1])

const verdictOf = (answer: string): Verdict => {
  const status = statusIn(answer)
  if (status === 204) return 'CLEAN'
  // There is no such service: no file can help that.
  if (status === 404) throw away(new Error('the scanner has no such service'))
  if (status !== 200) throw new Error(`the scanner answered ${answer.split('\r\n', 1)[0]}`)
  const within = /\r\n\r\nHTTP\/1\.\d (\d{3})/.exec(answer)?.[1]
  return found.test(answer) || Number(within) >= 400 ? 'VIRUS' : 'CLEAN'
}
