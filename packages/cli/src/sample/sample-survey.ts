import type { Changed, SampleApi } from './sample-api.js'

const key = 'sample-satisfaction'

const survey = {
  key,
  title: '客户满意度 Customer satisfaction',
  questions: [
    {
      key: 'recommend',
      kind: 'NPS',
      required: true,
      text: { zh: '您有多大可能向朋友推荐我们？', en: 'How likely are you to recommend us to a friend?' },
    },
    {
      key: 'satisfied',
      kind: 'CSAT',
      required: true,
      text: { zh: '您对最近一次购买满意吗？', en: 'How satisfied are you with your last purchase?' },
    },
    { key: 'effort', kind: 'CES', text: { zh: '购买过程是否轻松？', en: 'Was it easy to buy from us?' } },
    {
      key: 'channel',
      kind: 'SINGLE',
      text: { zh: '您从哪里购买？', en: 'Where did you buy?' },
      choices: [
        { key: 'web', label: { zh: '网店', en: 'Web shop' } },
        { key: 'sales', label: { zh: '销售人员', en: 'Sales person' } },
      ],
    },
    { key: 'remark', kind: 'TEXT', text: { zh: '还有什么想说的？', en: 'Anything else?' } },
  ],
}

const answers = (nps: number, csat: number, ces: number, remark?: string) => [
  { question: 'recommend', score: nps },
  { question: 'satisfied', score: csat },
  { question: 'effort', score: ces },
  { question: 'channel', choice: 'web' },
  ...(remark ? [{ question: 'remark', text: remark }] : []),
]

const responses: Record<string, ReturnType<typeof answers>> = {
  'p-zhang-wei': answers(9, 5, 6, '服务很好。'),
  'p-li-na': answers(8, 4, 6),
  'p-wang-fang': answers(10, 5, 7),
  'p-emma-clarke': answers(9, 4, 5, 'Lovely lamps.'),
  'p-sofia-keller': answers(2, 1, 3, 'The chair broke.'),
  'o-northgate': answers(7, 4, 5),
  'o-huaxing': answers(10, 5, 6),
}

/** The id of the published survey of the sample. */
export const ensureSurvey = async (api: SampleApi): Promise<string> => {
  const document = 'query ($filter: SurveyFilter) { surveys(filter: $filter, first: 1) { nodes { id status } } }'
  const { surveys } = await api.query<{ surveys: { nodes: Changed[] } }>(document, { filter: { key: { eq: key } } })
  const known = surveys.nodes[0] ?? (await api.change('createSurvey', 'CreateSurveyInput', survey))
  if (known.status === 'DRAFT') await api.change('publishSurvey', 'PublishSurveyInput', { id: known.id })
  return known.id
}

/** The response of one customer to that survey. */
export const ensureResponse = async (
  api: SampleApi,
  surveyId: string,
  externalId: string,
  customer: { id: string; surveyResponses: { nodes: { surveyId: string }[] } },
) => {
  const given = responses[externalId]
  if (!given || customer.surveyResponses.nodes.some((response) => response.surveyId === surveyId)) return
  const input = { surveyId, customerId: customer.id, mode: 'PAPER', answers: given }
  await api.change('recordResponse', 'RecordResponseInput', input)
}
