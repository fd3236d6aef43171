import { whole } from '@clientele/kit'
import { z } from 'zod'

/** The service's own settings. */
export const config = z.object({
  RFM_HOURS: whole(1, 720).default(24),
})

export type SegmentationSettings = z.output<typeof config>

/** The settings of a context; what its surroundings do not set has its default. */
export const settingsOf = (ctx: { settings: Readonly<Record<string, unknown>> }): SegmentationSettings => ({
  ...config.parse({}),
  ...(ctx.settings as Partial<SegmentationSettings>),
})
