import { isPresent, type ReplicatedStaff, substituteFor } from '@clientele/contracts'
import { arrayParameter, type Context } from '@clientele/kit'
import { inChargeOf } from './in-charge.js'
import { staff } from './staff.actions.js'

/** Who is told something, and for whom; null where it is their own. */
export interface Recipient {
  subject: string
  standsInFor: string | null
}

type Reader = Pick<Context, 'em'>

/**
 * Who does at this moment what is meant for each of these: they themselves, or whoever stands in for them while they are away. Where nobody of
 * the chain is present, and where somebody is not known here, it stays with them.
 */
export const handlersOf = async (
  { em }: Reader,
  subjects: readonly string[],
  at: Date,
): Promise<ReadonlyMap<string, Recipient>> => {
  const chain = await em.execute<{ id: string }[]>(
    `with recursive chain (id) as (
       select id from staff where sub = any(?::text[])
       union
       select staff.substitute from chain join staff using (id) where staff.substitute is not null
     ) select id from chain`,
    [arrayParameter(subjects)],
  )
  const ids = chain.map(({ id }) => id)
  const known = new Map((await staff.known({ em }, ids)).map((one) => [one.id, one]))
  const bySubject = new Map([...known.values()].map((one) => [one.sub, one]))
  return new Map(subjects.map((subject) => [subject, handlerOf(subject, at, bySubject.get(subject), known)]))
}

const handlerOf = (
  subject: string,
  at: Date,
  one: ReplicatedStaff | undefined,
  known: ReadonlyMap<string, ReplicatedStaff>,
): Recipient => {
  const found = one && substituteFor(one, at, (id) => known.get(id))
  return found && found.sub !== subject ? { subject: found.sub, standsInFor: subject } : { subject, standsInFor: null }
}

/**
 * Who is told at this moment what is meant for each of these: whoever does it, and of who has left with nobody in their place, whoever answers for
 * their work. Otherwise it would wait for somebody who does not come back; it does so where nobody is known to answer for it.
 */
export const toldFor = async (
  reader: Reader,
  subjects: readonly string[],
  at: Date,
): Promise<ReadonlyMap<string, readonly Recipient[]>> => {
  const handlers = await handlersOf(reader, subjects, at)
  const handling = [...new Set([...handlers.values()].map(({ subject }) => subject))]
  const gone = (await staff.known(reader, handling, 'sub')).filter(({ active }) => !active)
  const inCharge = gone.length ? await inChargeOf(reader, at) : () => []
  const instead = new Map(
    gone.map((one) => [one.sub, inCharge(one).map(({ sub }) => ({ subject: sub, standsInFor: one.sub }))]),
  )
  return new Map(
    [...handlers].map(([subject, handler]) => {
      const others = instead.get(handler.subject) ?? []
      return [subject, others.length ? others : [handler]]
    }),
  )
}

/** For each subject, the first person whom `toldFor` names; null if that person has left. */
export const whoAnswersFor = async (
  reader: Reader,
  subjects: readonly string[],
  at: Date,
): Promise<ReadonlyMap<string, string | null>> => {
  const told = await toldFor(reader, subjects, at)
  const first = new Map([...told].map(([subject, [one]]) => [subject, one!.subject]))
  const known = await staff.known(reader, [...new Set(first.values())], 'sub')
  const gone = new Set(known.filter(({ active }) => !active).map(({ sub }) => sub))
  return new Map([...first].map(([subject, one]) => [subject, gone.has(one) ? null : one]))
}

/** Those members of each team who are here at this moment, or all who work here where none is. */
export const membersOf = async (
  { em }: Reader,
  keys: readonly string[],
  at: Date,
): Promise<ReadonlyMap<string, Recipient[]>> => {
  const found = await em.execute<{ key: string; sub: string }[]>(
    `select k.key, staff.sub from unnest(?::text[]) as k(key)
     join staff on staff.active and staff.teams @> to_jsonb(k.key) order by staff.sub`,
    [arrayParameter(keys)],
  )
  const known = new Map(
    (await staff.known({ em }, [...new Set(found.map(({ sub }) => sub))], 'sub')).map((one) => [one.sub, one]),
  )
  const byKey = Map.groupBy(found, ({ key }) => key)
  return new Map(
    keys.map((key) => {
      const all = (byKey.get(key) ?? []).map(({ sub }) => known.get(sub)!)
      const here = all.filter((one) => isPresent(one, at))
      return [key, (here.length ? here : all).map(({ sub }) => ({ subject: sub, standsInFor: null }))]
    }),
  )
}

/** Whose tasks and visits somebody does at this moment: their own, and those of whoever is handled by them. Beside, the keys of their teams. */
export const standingInFor = async (
  { em }: Reader,
  subject: string,
  at: Date,
): Promise<{ whom: readonly string[]; teams: readonly string[] }> => {
  const rows = await em.execute<{ sub: string }[]>('select stood_in_for(?) as sub', [subject])
  const found = await staff.known(
    { em },
    rows.map(({ sub }) => sub),
    'sub',
  )
  const known = new Map(found.map((one) => [one.id, one]))
  const others = found
    .filter(({ sub }) => sub !== subject)
    .filter((one) => {
      return substituteFor(one, at, (id) => known.get(id))?.sub === subject
    })
  const teams = found.find(({ sub }) => sub === subject)?.teams ?? []
  return { whom: [subject, ...others.map(({ sub }) => sub)], teams }
}
