import type { ServerResponse } from 'node:http'
import type { ErrorCode, Params, ValidationIssue } from '@clientele/kit'
import { internalError } from './client-error.js'
import { tellOwn } from './tell-own.js'

/** Sends a JSON body, unless an answer is already on its way. */
export function answer(response: ServerResponse, status: number, body: unknown): void {
  if (response.headersSent) return void response.destroy()
  response.statusCode = status
  if (!response.hasHeader('content-type')) response.setHeader('content-type', 'application/json; charset=utf-8')
  response.end(JSON.stringify(body))
}

export interface AnswerError {
  code: ErrorCode
  message?: string
  reason?: string | undefined
  params?: Params | undefined
  fields?: readonly ValidationIssue[] | undefined
  requestId?: string
}

/** Sends one error in the form of a GraphQL answer; of an INTERNAL one, only the request id. */
export function answerError(response: ServerResponse, status: number, error: AnswerError): void {
  const { code, message, reason, params, fields, requestId } = error
  const masked = code === 'INTERNAL' || message === undefined
  const shown = masked
    ? internalError(requestId)
    : { message, extensions: { code, ...(reason && { reason }), params, ...(fields && { fields }) } }
  answer(response, status, { errors: [tellOwn(shown, response.req.headers)] })
}
