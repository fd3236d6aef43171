import { line, list, text } from '../limit.js'

export const tags = {
  tagName: line(64),
  tagDescription: text(500),
  /** All tags of a customer, and those given or taken at once. */
  tags: list(0, 50),
  /** All tags of a tenant. */
  tenantTags: list(0, 1_000),
} as const
