import { connect, type Socket } from 'node:net'
import type { Readable } from 'node:stream'
import { connect as connectSecurely } from 'node:tls'
import { Unavailable } from '@clientele/kit'

export type Verdict = 'CLEAN' | 'VIRUS'

const defaultPort = 1_344
/** A transaction that waits for a verdict is ended by PostgreSQL after a minute. */
const mostMs = 45_000
const mostAnswerBytes = 65_536

/** Headers by which scanners tell what they found, beside a page that takes the place of the file. */
const found = /^(x-infection-found|x-virus-id|x-violations-found|x-virus-name|x-blocked)\s*:/im

/**
 * What a scanner says of a file, asked by RESPMOD (RFC 3507) at a URL such as `icap://scanner:1344/avscan`, or `icaps://` over TLS. Throws UNAVAILABLE
 * `files.scanner` where it cannot be reached, does not answer in time, or says that it cannot tell.
 */
export const askScanner = async (url: URL, file: { bytes: number; content: Readable }): Promise<Verdict> => {
  const socket = open(url)
  const late = AbortSignal.timeout(mostMs)
  const end = () => socket.destroy(new Error('no answer in time'))
  late.addEventListener('abort', end)
  try {
    const answered = answerOf(socket)
    answered.catch(() => {})
    await send(socket, url, file)
    return verdictOf(await answered)
  } catch (cause) {
    throw new Unavailable('The scanner of files cannot be reached now.', { reason: 'files.scanner', cause })
  } finally {
    late.removeEventListener('abort', end)
    socket.destroy()
    file.content.destroy()
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
  if (status !== 200) throw new Error(`the scanner answered ${answer.split('\r\n', 1)[0]}`)
  const within = /\r\n\r\nHTTP\/1\.\d (\d{3})/.exec(answer)?.[1]
  return found.test(answer) || Number(within) >= 400 ? 'VIRUS' : 'CLEAN'
}
