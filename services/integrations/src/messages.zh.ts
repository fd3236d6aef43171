import type { Messages } from '@clientele/kit'

/** What the service says, in Chinese. */
export const zh = {
  'webhook_endpoint.unknown': 'Webhook 端点不存在，或您无权查看',
  'webhook_endpoint.disabled': '该 Webhook 端点已停用，请先启用',
  'delivery.unknown': '投递记录不存在，或您无权查看',
  'external_ref.unknown': '外部关联不存在，或您无权查看',
  'external_ref.taken': '该外部记录已关联到其他客户',
  'external_ref.too_many': ({ most }: { most: number }) => `一个客户最多关联 ${most} 条外部记录，请先解除一条`,
  'customer.unknown': '客户不存在，或您无权查看',
  'customer.archived': '该客户已归档',
  'url.malformed': '应为含义唯一的 http 或 https 地址',
  'webhook.type_malformed': '应为事件类型，例如 "clientele.profiles.customer.created.v1"，其中某一段可写作 *',
  'webhook.type_unknown': '没有符合的事件类型；类型须写全，以 clientele. 开头',
  'webhook.url_refused': '应为公网可解析、写法无歧义的 https 地址，不含用户名和片段，且使用允许的端口',
} satisfies Messages

type IntegrationsMessages = typeof zh

declare module '@clientele/kit' {
  interface Reasons extends IntegrationsMessages {}
}
