import type { z } from 'zod'

/** Stable reasons for which an event, its type or its address is refused. */
export type ContractErrorCode =
  | 'event.malformed'
  | 'event.unknown_type'
  | 'event.invalid'
  | 'event.inconsistent'
  | 'event.type'
  | 'event.version'
  | 'subject.tenant'
  | 'subject.service'
  | 'subject.part'

export interface FieldFault {
  readonly path: string
  readonly message: string
}

/** Says what is wrong and where. Never repeats a value of the data, so it may be logged. */
export class ContractError extends Error {
  override readonly name = 'ContractError'

  constructor(
    readonly code: ContractErrorCode,
    message: string,
    readonly fields: readonly FieldFault[] = [],
  ) {
    super(message)
  }
}

/** The faults that zod found, each with its path below `root`: `data.total.amount`. */
export const faultsOf = (error: z.ZodError, root: readonly string[] = []): FieldFault[] =>
  error.issues.map((issue) => ({ path: [...root, ...issue.path.map(String)].join('.'), message: issue.message }))
