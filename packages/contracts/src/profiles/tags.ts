import { z } from 'zod'
import { event } from '../event.js'
import { changedFields, entity, key } from '../values.js'

const tag = z.object({
  ...entity('tag'),
  key: key.describe('Key of the tag, which customers have among their tags; it never changes.'),
  isRetired: z.boolean().describe('Whether it is given no longer.'),
})

const tagExample = { id: '0199a1b2-0000-7000-8000-000000000004', version: 2, key: 'vip', isRetired: false }

export const tagUpdated = event(
  'clientele.profiles.tag.updated.v1',
  'Name, colour or description of a tag changed.',
  tag.extend({ changedFields }),
  { ...tagExample, changedFields: ['name'] },
)

export const tagRetired = event('clientele.profiles.tag.retired.v1', 'A tag is given no longer.', tag, {
  ...tagExample,
  version: 3,
  isRetired: true,
})

export const tagRestored = event('clientele.profiles.tag.restored.v1', 'A tag is given again.', tag, {
  ...tagExample,
  version: 4,
})

export const tagMerged = event(
  'clientele.profiles.tag.merged.v1',
  'A tag was merged into another one, which customers get in its place; each of them has an event of its own.',
  tag.extend({ intoKey: key.describe('Key of the tag that goes on.') }),
  { ...tagExample, version: 5, key: 'v.i.p.', intoKey: 'vip' },
)
