import { z } from 'zod'
import { event } from '../event.js'
import { entity, staffId } from '../values.js'

const calendarFeed = z.object({
  ...entity('calendar feed'),
  ownerId: staffId.describe('Member of staff whose visits and tasks it shows.'),
})

const calendarFeedExample = {
  id: '0199a1b2-0000-7000-8000-000000000016',
  version: 1,
  ownerId: '5f0c2a54-6c1d-4a7e-9a51-2f6f6f1f0a11',
}

export const calendarFeedCreated = event(
  'clientele.interactions.calendar_feed.created.v1',
  'A member of staff made a link by which calendar programs read their visits and tasks.',
  calendarFeed,
  calendarFeedExample,
)

export const calendarFeedReplaced = event(
  'clientele.interactions.calendar_feed.replaced.v1',
  'A member of staff made another link for calendar programs; the one before it has ended.',
  calendarFeed,
  { ...calendarFeedExample, version: 2 },
)

export const calendarFeedRemoved = event(
  'clientele.interactions.calendar_feed.removed.v1',
  'The link by which calendar programs read the visits and tasks of a member of staff has ended.',
  calendarFeed,
  { ...calendarFeedExample, version: 3 },
)
