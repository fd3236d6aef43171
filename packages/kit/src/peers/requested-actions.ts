import type { EventData, EventType, Rights } from '@clientele/contracts'
import type { Behalf } from '../auth/actor.js'
import { ClienteleError, Forbidden } from '../errors/errors.js'
import { type Consumer, consumeBatch } from '../events/consumer.js'
import type { Transaction } from '../service/context.js'

/** What is to be done, and for whom with which rights; or why it is not to be done any more. */
export type RequestedAction<Action> =
  | { action: Action; behalf: Behalf; rights: Rights; refused?: undefined }
  | { refused: string; behalf?: Behalf; rights?: undefined }

/** What was made or changed, as events call it. */
export interface Made {
  type: string
  id: string
  /** That it has now, where it was changed. */
  version?: number
}

interface Outcome {
  outcome: 'DONE' | 'REFUSED' | 'FAILED'
  reason: string | null
  made: Made | null
}

interface Options<Request extends EventData & { kind: string }, Answer extends EventData & Outcome, Action> {
  /** The consumer's name. */
  name: string
  requested: EventType<Request>
  answered: EventType<Answer>
  /** The kinds that this service does. */
  kinds: readonly string[]
  /** Asks whoever requests them, once for all; answers in their order. */
  read(tx: Transaction, requests: readonly Request[]): Promise<readonly RequestedAction<Action>[]>
  /** Does it, with the rights of whom it is for. It refuses, by throwing, before it changes anything. */
  perform(mine: Transaction, request: Request, action: Action): Promise<Made | null>
  /** What the answer repeats of the request. */
  echo(request: Request): Omit<Answer, keyof EventData | keyof Outcome>
  /** What the audit log says that a refusal is about. */
  about(request: Request): Made
}

/**
 * Does what another service requests on behalf of somebody, once, and tells what came of it. What they may not do is REFUSED, and what cannot be
 * done FAILED, in the answer and in the audit log; where a service that has to be asked is away, it is tried again.
 */
export const requestedActions = <
  Request extends EventData & { kind: string },
  Answer extends EventData & Outcome,
  Action,
>(
  o: Options<Request, Answer, Action>,
): Consumer =>
  consumeBatch(o.name, o.requested as EventType, async (tx, events) => {
    const mine = events.filter(({ data }) => o.kinds.includes((data as Request).kind))
    if (!mine.length) return
    const requested = await o.read(
      tx,
      mine.map(({ data }) => data as Request),
    )
    for (const [at, { data, id: cause }] of mine.entries()) {
      await carryOut(o, tx, { request: data as Request, cause }, requested[at] as RequestedAction<Action>)
    }
  })

const carryOut = async <Request extends EventData & { kind: string }, Answer extends EventData & Outcome, Action>(
  o: Options<Request, Answer, Action>,
  tx: Transaction,
  { request, cause }: { request: Request; cause: string },
  requested: RequestedAction<Action>,
) => {
  const author = requested.behalf ? tx.onBehalfOf(requested.behalf, requested.rights ?? nothing, cause) : tx
  const outcome = requested.rights
    ? await outcomeOf(() => o.perform(author, request, requested.action))
    : refusal(requested.refused)
  if (outcome.reason) author.trail.denied({ action: request.kind, ...o.about(request), reason: outcome.reason })
  author.emit(o.answered, request, { ...o.echo(request), ...outcome } as Omit<Answer, keyof EventData>)
}

const nothing: Rights = { roles: [], territories: [] }

const refusal = (reason: string): Outcome => ({ outcome: 'REFUSED', reason, made: null })

const outcomeOf = async (work: () => Promise<Made | null>): Promise<Outcome> => {
  try {
    return { outcome: 'DONE', reason: null, made: await work() }
  } catch (error) {
    if (!(error instanceof ClienteleError) || error.code === 'UNAVAILABLE' || error.code === 'INTERNAL') throw error
    const reason = error.reason ?? error.code.toLowerCase()
    return error instanceof Forbidden ? refusal(reason) : { outcome: 'FAILED', reason, made: null }
  }
}
