import type { EventType } from './event.js'
import * as integrations from './integrations.js'
import * as interactions from './interactions.js'
import * as profiles from './profiles.js'
import * as segmentation from './segmentation.js'
import * as surveys from './surveys.js'

/** A publisher's events in the order of their names, whatever order a module's exports are in. */
const eventsOf = (publisher: Record<string, EventType>) =>
  Object.keys(publisher)
    .toSorted()
    .map((name) => publisher[name] as EventType)

/** All events of the five services. A publisher's file exports events and nothing else, so none can be left out. */
export const catalogue: readonly EventType[] = [profiles, interactions, surveys, segmentation, integrations].flatMap(
  (publisher) => eventsOf(publisher as never),
)
