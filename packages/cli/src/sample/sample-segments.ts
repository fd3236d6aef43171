import type { SampleApi } from './sample-api.js'

const segments = [
  {
    key: 'sample-vip',
    name: '重点客户 VIP',
    description: 'Tagged as VIP.',
    kind: 'DYNAMIC',
    rule: { tag: { has: 'vip' } },
  },
  {
    key: 'sample-open-complaints',
    name: '投诉未结 Open complaints',
    description: 'At least one complaint that is not closed.',
    kind: 'DYNAMIC',
    rule: { openComplaints: { gte: 1 } },
  },
  {
    key: 'sample-promoters',
    name: '推荐者 Promoters',
    description: 'Bought something, and would recommend us.',
    kind: 'DYNAMIC',
    rule: { all: [{ purchaseCount: { gte: 1 } }, { nps: { gte: 9 } }] },
  },
]

/** The segments of the sample; those that are there stay as they are. */
export const ensureSegments = async (api: SampleApi) => {
  const document = 'query ($filter: SegmentFilter) { segments(filter: $filter, first: 100) { nodes { key } } }'
  const filter = { key: { in: segments.map(({ key }) => key) } }
  const known = await api.query<{ segments: { nodes: { key: string }[] } }>(document, { filter })
  for (const segment of segments) {
    if (known.segments.nodes.some(({ key }) => key === segment.key)) continue
    await api.change('createSegment', 'CreateSegmentInput', segment)
  }
}
