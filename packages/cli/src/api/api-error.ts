import type { ErrorCode, ValidationIssue } from '@clientele/kit'

/** One entry of `errors` in a GraphQL answer. */
export interface AnswerFault {
  message: string
  path?: readonly (string | number)[]
  extensions?: { code?: ErrorCode; reason?: string; fields?: readonly ValidationIssue[] }
}

/**
 * The gateway refused an operation, or could not be reached: `UNAVAILABLE`, reason `network` or `http.<status>`; `INVALID` where that will
 * not pass by itself, as with a certificate that is not trusted.
 */
export class ApiError extends Error {
  readonly code: ErrorCode
  readonly reason: string | undefined
  readonly fields: readonly ValidationIssue[]

  constructor(
    readonly faults: readonly AnswerFault[],
    cause?: unknown,
  ) {
    const [first] = faults
    super(first?.message ?? 'The gateway gave no answer.', { cause })
    this.name = 'ApiError'
    this.code = first?.extensions?.code ?? 'INTERNAL'
    this.reason = first?.extensions?.reason
    this.fields = first?.extensions?.fields ?? []
  }
}

/** Whether the same request may succeed a little later. */
export const isPassing = (error: unknown): error is ApiError =>
  error instanceof ApiError && (error.code === 'UNAVAILABLE' || error.code === 'RATE_LIMITED')
