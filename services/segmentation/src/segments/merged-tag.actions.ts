import { arrayParameter, type Transaction } from '@clientele/kit'
import { activeSegments, lockEvaluation } from '../memberships/evaluation.actions.js'
import { sameTags } from '../rules/merged-tags.js'
import { tagsOf } from '../rules/rule-tags.js'

interface Merge {
  key: string
  intoKey: string
}

/** Keeps which tags go on as others, and has segments whose rules name them evaluated anew. A merge that is known already changes nothing. */
export const keepMerges = async (tx: Transaction, merges: readonly Merge[]): Promise<void> => {
  const told = new Map(merges.map((merge) => [merge.key, merge]))
  if (!told.size || (await unknownOf(tx, told)).length === 0) return
  await lockEvaluation(tx)
  const unknown = await unknownOf(tx, told)
  for (const { key, intoKey } of unknown) await keepMerge(tx, key, intoKey)
  const same = await sameTags(tx.em, new Set(unknown.map(({ key }) => key)))
  const changed = new Set([...same.values()].flat())
  const concerned = (await activeSegments(tx)).filter(({ rule }) => tagsOf(rule).some((key) => changed.has(key)))
  await tx.em.execute(`update segment set evaluation = 'EVALUATING' where id = any(?::uuid[])`, [
    arrayParameter(concerned.map(({ id }) => id)),
  ])
}

const unknownOf = async ({ em }: Transaction, told: ReadonlyMap<string, Merge>): Promise<Merge[]> => {
  const rows = await em.execute<{ key: string }[]>('select key from merged_tag where key = any(?::text[])', [
    arrayParameter(told.keys()),
  ])
  const known = new Set(rows.map(({ key }) => key))
  return [...told.values()].filter(({ key }) => !known.has(key))
}

/** Merges may be told in another order than they were done: what a tag goes on as may have gone on itself. */
const keepMerge = async ({ em }: Transaction, key: string, intoKey: string) => {
  const [{ last } = { last: intoKey }] = await em.execute<{ last: string }[]>(
    'select into_key as last from merged_tag where key = ?',
    [intoKey],
  )
  await em.execute('insert into merged_tag (key, into_key) values (?, ?)', [key, last])
  await em.execute('update merged_tag set into_key = ? where into_key = ?', [last, key])
}
