import { ClienteleError, type Details, type ErrorCode } from '../../errors/errors.js'

/** A request that never reaches GraphQL: the error that the caller is shown, and the HTTP status and headers that go with it. */
export class HttpFault extends ClienteleError {
  constructor(
    readonly status: number,
    code: ErrorCode,
    message: string,
    { headers = {}, ...details }: Details & { headers?: Record<string, string> } = {},
  ) {
    super(code, message, details)
    this.headers = headers
  }

  readonly headers: Record<string, string>
}
