import type { IncomingHttpHeaders } from 'node:http'
import { limits } from '@clientele/contracts'

interface Header {
  /** Who says it. What a client sends in the name of the gateway is dropped. */
  from: 'client' | 'gateway'
  /** Where it ends: what is for the gateway alone goes no further. */
  to: 'gateway' | 'subgraphs'
  meaning: string
}

/** The headers that mean something on the way from a client through the gateway to a subgraph. All others stay at the gateway. */
export const contractHeaders = {
  authorization: { from: 'client', to: 'subgraphs', meaning: 'Bearer token of the caller.' },
  'x-request-id': {
    from: 'client',
    to: 'subgraphs',
    meaning:
      'Name of the request in logs, audit entries and events: 1 to 128 of A-Z a-z 0-9 _ . : -; replaced where it is none.',
  },
  traceparent: { from: 'client', to: 'subgraphs', meaning: 'W3C trace context; dropped where it is none.' },
  tracestate: { from: 'client', to: 'subgraphs', meaning: 'W3C trace context, handed on as it is.' },
  'accept-language': {
    from: 'client',
    to: 'subgraphs',
    meaning: 'Languages of the caller: messages are in Chinese (`zh`) or English.',
  },
  'x-clientele-tenant': {
    from: 'client',
    to: 'subgraphs',
    meaning: 'Tenant that the request is for, where the token is good for several.',
  },
  'x-clientele-purpose': {
    from: 'client',
    to: 'subgraphs',
    meaning: `What the request is for, for the audit log: at most ${limits.purpose.most} characters, other scripts percent-encoded in UTF-8.`,
  },
  'x-clientele-origin': {
    from: 'client',
    to: 'subgraphs',
    meaning: 'Code of the outside system that a change comes from; becomes the `changeorigin` of its events.',
  },
  'x-clientele-cost': { from: 'client', to: 'gateway', meaning: 'Asks for the cost of the operation, by any value.' },
  'x-clientele-address': {
    from: 'gateway',
    to: 'subgraphs',
    meaning: 'Where the request comes from: an IPv4 address, or the /64 of an IPv6 one.',
  },
  'x-clientele-speculative': {
    from: 'gateway',
    to: 'subgraphs',
    meaning: 'The answer may turn out not to be needed.',
  },
} as const satisfies Record<string, Header>

export type ContractHeader = keyof typeof contractHeaders

const entries = Object.entries(contractHeaders) as [ContractHeader, Header][]

/** What clients may send. */
export const clientHeaders = entries.filter(([, { from }]) => from === 'client').map(([name]) => name)

/** What the gateway hands on from a client to subgraphs. */
export const handedOnHeaders = entries
  .filter(([, { from, to }]) => from === 'client' && to === 'subgraphs')
  .map(([name]) => name)

/** Headers of one request by name. */
export type RequestHeaders = Readonly<Record<string, string>>

/** The headers of a request as Node has them. */
export const headersOf = (headers: IncomingHttpHeaders): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  )

/** One of the contract's headers of a request; undefined where it was not sent. */
export const headerOf = (headers: RequestHeaders, name: ContractHeader): string | undefined => headers[name]
