import { flag, whole } from '@clientele/kit'
import { z } from 'zod'

const wholes = (min: number, max: number) =>
  z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .refine((parts) => parts.every((part) => whole(min, max).safeParse(part).success), 'not such a list')
    .transform((parts) => parts.map(Number))
    .describe(`whole numbers from ${min} to ${max}, separated by commas`)

const minute = 60
const hour = 60 * minute

/** What the service may be told beside the settings that every service has. */
export const config = z.object({
  /** Lets endpoints be on this machine, over http and on any port. For development only. */
  WEBHOOK_ALLOW_LOOPBACK: flag().default(false),
  /** Ports that an endpoint may listen on. */
  WEBHOOK_PORTS: wholes(1, 65_535).default([443]),
  /** Pauses between the attempts of a delivery; after the last one it has failed. */
  WEBHOOK_RETRY_SECONDS: wholes(0, 7 * 24 * hour).default([
    5,
    5 * minute,
    30 * minute,
    ...[2, 5, 10, 14, 20, 24].map((hours) => hours * hour),
  ]),
  /** How long one attempt may take, from the look-up of the name to the end of the answer. */
  WEBHOOK_TIMEOUT_MS: whole(100, 60_000).default(15_000),
  /** How many deliveries to one endpoint may be under way at once. */
  WEBHOOK_CONCURRENCY: whole(1, 64).default(8),
  /** How long deliveries and their attempts are kept. */
  WEBHOOK_LOG_DAYS: whole(1, 365).default(30),
})

export type WebhookSettings = z.output<typeof config>

const defaults = config.parse({})

/** The webhook part of a context's settings. */
export const webhookSettings = (settings: Readonly<Record<string, unknown>>): WebhookSettings => ({
  ...defaults,
  ...settings,
})
