import type { Api } from '../api/api.js'

/** Counts what a run changes. */
export interface SampleApi {
  query<T>(document: string, variables?: object): Promise<T>
  /** Calls one mutation, named with the type of its input, and reads `id` and `status` of what it answers. */
  change(mutation: string, inputType: string, input: object): Promise<Changed>
  readonly changes: number
  /** Adds what a mutation for many records has changed. */
  count(changes: number): void
}

export interface Changed {
  id: string
  status: string
}

export const createSampleApi = (api: Api): SampleApi => {
  let changes = 0
  return {
    query: (document, variables) => api.call(document, variables),
    change: async (mutation, inputType, input) => {
      const fields = resultsWithoutStatus.has(mutation) ? 'id' : 'id status'
      const document = `mutation ($input: ${inputType}!) { ${mutation}(input: $input) { ${fields} } }`
      const data = await api.call<Record<string, Changed>>(document, { input })
      changes++
      return data[mutation] as Changed
    },
    get changes() {
      return changes
    },
    count: (more) => {
      changes += more
    },
  }
}

const resultsWithoutStatus = new Set([
  'recordContact',
  'recordResponse',
  'changeStaffArrangements',
  'setSubstitute',
  'recordAbsence',
  'createTeam',
  'updateTag',
])

/** What leads on from a status: mutations with the type of their input and its fields beside the id. */
export type Steps = Readonly<
  Record<string, readonly (readonly [mutation: string, inputType: string, fields?: object])[]>
>

/** Takes a record along its steps, from where it stands. */
export const advance = async (api: SampleApi, record: Changed, steps: Steps): Promise<void> => {
  let { status } = record
  for (const visited = new Set<string>(); steps[status] && !visited.has(status); ) {
    visited.add(status)
    for (const [mutation, inputType, fields] of steps[status] ?? []) {
      status = (await api.change(mutation, inputType, { id: record.id, ...fields })).status
    }
  }
}
