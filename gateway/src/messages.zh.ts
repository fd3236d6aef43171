import type { Messages } from '@clientele/kit'

type Limit = { limit: number }
type Detail = { detail?: string }

/** What the gateway says, in Chinese. */
export const zh = {
  INTERNAL: '服务器内部出错，请重试；若一直如此，请把请求编号（requestId）告诉我们',
  NOT_FOUND: '此路径不存在，API 位于 /graphql',

  'subgraph.away': ({ service }: { service: string }) => `${service} 服务不可用`,
  'subgraph.other_version': ({ service }: { service: string }) =>
    `${service} 服务是另一个版本，不认识所请求的内容，请稍后重试`,
  'subgraph.late': ({ service }: { service: string }) => `${service} 服务没有及时响应`,
  'subgraph.unusable': ({ service }: { service: string }) => `${service} 服务的响应无法使用`,

  'rate.heavy_requests': '等待中的大请求过多，请在收到一个响应后再发送下一个',
  'request.waited_too_long': '其他大请求排在前面，等待超时，请重试',

  'variables.invalid': ({ at, detail }: Detail & { at?: string }) =>
    at ? `变量中 ${at} 的值不正确` : `变量不正确：${detail}`,
  'operation.subscription': '此处不支持订阅（subscription），请发送 query 或 mutation',
  'operation.unknown': '文档中没有 "operationName" 所指的操作',
  'introspection.off': '此处不开放 schema 内省，schema 以文件 supergraph.graphql 发布',
  'document.not_trusted': '您的角色只能发送受信任的文档，请用 "documentId" 指明',
  'document.unknown': '没有此编号的受信任文档，编号应为 "sha256:" 加 64 位小写十六进制数字',
  'persisted_query.not_supported': '此处没有受信任的文档，请发送查询文本',

  'query.syntax': ({ detail }: Detail) => `查询语法有误：${detail}`,
  'query.no_operation': '文档中没有操作',
  'query.alias_is_key': ({ alias, type }: { alias: string; type: string }) =>
    `"${alias}" 属于 ${type} 的键，不能用作别名`,
  'query.too_complex': '查询过于复杂，无法检查和规划，请分次查询',
  'query.too_costly': ({ cost, budget }: { cost: number; budget: number }) =>
    `查询开销为 ${cost}，预算为 ${budget}，请减少每页条数或字段`,
  'query.costly_field': ({ cost }: { cost: number }) => `此处开销为 ${cost}`,
  'query.too_many_fetches': ({ limit }: Limit) => `查询需要向各服务发出的请求过多，最多 ${limit} 次，请分次查询`,
  'query.too_many_tokens': ({ limit }: Limit) => `查询最多 ${limit} 个词法单元`,
  'query.too_many_operations': ({ limit }: Limit) => `文档最多 ${limit} 个操作`,
  'query.literal_too_deep': ({ limit }: Limit) => `查询中的值最多嵌套 ${limit} 层`,
  'query.literal_too_long': ({ limit }: Limit) => `查询中的字符串合计最多 ${limit} 个字符`,
  'query.too_deep': ({ limit }: Limit) => `查询最多嵌套 ${limit} 层`,
  'query.too_many_aliases': ({ limit }: Limit) => `查询最多 ${limit} 个别名`,
  'query.too_many_fields': ({ limit }: Limit) => `查询最多 ${limit} 个字段`,
  'query.too_many_fragments': ({ limit }: Limit) => `查询最多展开 ${limit} 次片段`,
  'query.too_many_repeats': ({ limit }: Limit) => `查询中同一字段最多重复 ${limit} 次`,
  'query.too_many_directives': ({ limit }: Limit) => `查询最多 ${limit} 个指令`,
  'answer.too_large': ({ most }: { most: number }) => `结果超过 ${most} 个字符，请减少每页条数或字段`,
  'answer.too_large_but_done': ({ most }: { most: number }) =>
    `变更已生效，但结果超过 ${most} 个字符；请勿重发，可用 query 读取结果`,
} satisfies Messages

type GatewayMessages = typeof zh

declare module '@clientele/kit' {
  interface Reasons extends GatewayMessages {}
  interface OperatorReasons extends Record<'documents.broken' | 'supergraph.broken', true> {}
}
