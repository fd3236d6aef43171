import type { EventType } from './event.js'
import * as integrations from './integrations.js'
import * as interactions from './interactions.js'
import * as profiles from './profiles.js'
import * as segmentation from './segmentation.js'
import * as surveys from './surveys.js'

/** All events of the five services. A publisher's file exports events and nothing else, so none can be left out. */
export const catalogue: readonly EventType[] = [
  ...Object.values(profiles),
  ...Object.values(interactions),
  ...Object.values(surveys),
  ...Object.values(segmentation),
  ...Object.values(integrations),
]
