/** What earlier steps have made, by the name they gave it. */
export type Made = Record<string, any>

/** One mutation, as a client sends it and sends it again because it heard no answer. */
export interface Step {
  mutation: string
  input(made: Made): object
  /** What happens beside the API before it. */
  before?(made: Made): Promise<unknown>
  /** Another input, which the same idempotency key does not stand for. */
  other?: object
  /** What later steps know it by. */
  as?: string
  selection?: string
}

export const at = (day: number) => `2026-12-${String(day).padStart(2, '0')}T09:00:00Z`

export const of = (name: string) => (made: Made) => ({ id: made[name].id })

export const step = (mutation: string, input: Step['input'], more: Partial<Step> = {}): Step => ({
  mutation,
  input,
  ...more,
})

const ofCompany = ({ company }: Made) => ({ customerId: company.id })

/** One entry of a list of the company comes, changes and goes. */
export const entrySteps = (one: string, many: string, list: string, entry: object, change: object): Step[] => {
  const as = `company's ${list}`
  const selection = `id ${list} { id }`
  const itsId = (made: Made) => ({ ...ofCompany(made), id: made[as][list][0].id })
  return [
    step(`add${one}`, (made) => ({ ...ofCompany(made), ...entry }), { as, selection, other: change }),
    step(`change${one}`, (made) => ({ ...itsId(made), ...change })),
    step(`reorder${many}`, (made) => ({ ...ofCompany(made), ids: [itsId(made).id] })),
    step(`remove${one}`, itsId),
    step(`replace${many}`, (made) => ({ ...ofCompany(made), [list]: [entry] })),
  ]
}

/** A file of an owner comes, and goes. */
export const fileSteps = (owner: string, ofOwner: Step['input']): Step[] => {
  const as = `file of ${owner}`
  return [
    step(`stage${owner}File`, (made) => ({ ...ofOwner(made), name: '合同.txt', bytes: 1 }), {
      as,
      selection: 'id uploadUrl',
      other: { name: 'other.txt' },
    }),
    step(`attach${owner}File`, of(as), {
      before: (made) => fetch(made[as].uploadUrl, { method: 'PUT', body: 'x' }),
    }),
    step(`remove${owner}File`, of(as)),
  ]
}
