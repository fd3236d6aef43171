import { line, list, text } from '../limit.js'

export const webhookEndpoints = {
  webhookTypes: list(1, 50),
  webhookType: line(200),
  webhookDescription: text(500),
} as const
