import type { Messages } from './messages.js'

type Most = { most: number }
type Least = { least: number | string }
type NotOneOf = { given: string; type: string; values: readonly string[]; more: number }
type Roles = { roles: readonly string[] }

const listed = (what: string, names: readonly string[]) => (names.length ? `${what}：${names.join('、')}` : '')

/** What the kit says, in Chinese. */
export const zh = {
  INTERNAL: '服务器内部出错',
  fields: ({ path, message, more }: { path: string; message: string; more: number }) =>
    `${path}：${message}${more ? `（另有 ${more} 处问题）` : ''}`,

  'token.missing': '缺少访问令牌（Bearer token）',
  'token.malformed': '访问令牌格式不正确',
  'token.header': '访问令牌的头部含有不支持的内容',
  'token.algorithm': '访问令牌的签名算法不受支持',
  'token.signature': '访问令牌的签名与签发方的密钥不符',
  'token.issuer': '访问令牌由其他签发方签发',
  'token.audience': '访问令牌不是签发给本服务的',
  'token.expired': '访问令牌已过期',
  'token.not_yet_valid': '访问令牌尚未生效',
  'token.lifetime': '访问令牌的有效期超过上限',
  'token.type': '不是 Bearer 访问令牌',
  'token.tenant': '访问令牌没有指明租户，或不适用于所请求的租户',
  issuer: '暂时无法从身份认证服务取得令牌',
  'issuer.client': '身份认证服务拒绝了本服务的账号，请检查 OIDC_CLIENT_ID 和 OIDC_CLIENT_SECRET',
  'issuer.unavailable': '暂时无法取得签发方的密钥，因此无法验证访问令牌',

  role: ({ roles }: Roles) => `您的角色无权执行此操作${listed('，可执行的角色', roles)}`,
  access_scope: ({ roles }: Roles) =>
    `您的角色只能对自己名下或所辖区域内的对象执行此操作${listed('，不受此限的角色', roles)}`,
  'field.hidden': ({ roles }: Roles) =>
    `您的角色不可见此字段，因此不能用它筛选、排序或写入${listed('，可以的角色', roles)}`,
  'field.write_only': ({ roles }: Roles) =>
    `您的角色可以填写此字段，但看不到其内容，因此不能清空${listed('，可清空的角色', roles)}`,
  audit: '审计日志暂时无法写入，需要记入日志的内容不予返回',
  'audit.*': ({ service }: { service: string }) => `暂时无法读取 ${service} 服务的审计日志，结果不完整`,
  'purpose.invalid': ({ most }: Most) => `x-clientele-purpose 最多 ${most} 个字符`,
  'origin.invalid': 'x-clientele-origin 应为系统代码：1 至 64 个字符，可用 A-Z a-z 0-9 . _ : -，例如 "erp"',

  '*.unknown': '对象不存在，或您无权查看',
  '*.archived': '该对象已归档',
  '*.illegal_transition': ({ from, to, next }: { from: string; to: string; next: readonly string[] }) =>
    next.length
      ? `当前状态 ${from} 不能变为 ${to}，只能变为 ${next.join('、')}`
      : `当前状态 ${from} 已是最终状态，不能再变更`,
  'unique.*': '已存在相同的记录',
  'version.stale': ({ version }: { version?: number }) =>
    version ? `当前版本为 ${version}，请重新读取后再试` : '已被他人修改，请重新读取后再试',
  'write.conflict': '有其他请求正在写入相同的记录，请重试',
  'idempotency.key_reused': '该幂等键已用于另一个请求',
  'keys.shredded': '相关数据已被彻底删除，不能再写入',
  'entity.reference': '不是有效的实体引用，__typename 应为实体类型的名称',

  'rate.requests': ({ perMinute, retryAfter }: { perMinute: number; retryAfter: number }) =>
    `每分钟最多 ${perMinute} 个请求，请在 ${retryAfter} 秒后重试`,
  database: '服务暂时无法连接数据库，请重试',
  'database.timeout': '数据库处理超时，请缩小请求范围或稍后重试',
  'database.busy': '数据正被其他请求占用，请重试',
  'request.broken': '本次请求中的另一个字段失败，此字段随之失败',
  'request.abandoned': '请求方已断开，不再处理',
  'speculative.unanswered': '该请求不是单纯的读取',
  'keys.master': '暂时无法读写敏感数据，请稍后重试',
  'keys.tenant': '缺少该租户的密钥',
  'lease.lost': '已由另一个进程接手',
  nats: '消息服务 NATS 没有响应',
  start: '服务正在启动，请稍后重试',
  link: '此进程不提供公开链接',
  stopping: '服务正在停止',
  'service.unknown': ({ service }: { service: string }) => `此处没有名为 ${service} 的服务`,

  'body.batch': '每次请求只能发送一个操作，不支持批量',
  'body.charset': '请求的 charset 应为 utf-8',
  'body.content_type': '请求的 content-type 应为 application/json',
  'body.cut_off': '请求未传输完整',
  'body.encoding': '不接受压缩的请求体',
  'body.not_an_object': '请求体应为含有 "query" 的 JSON 对象',
  'body.not_json': '请求体不是有效的 JSON',
  'body.not_utf8': '请求体不是有效的 UTF-8',
  'body.repeated_key': ({ key }: { key: string }) => `请求体中的键 "${key}" 重复，每个键只能出现一次`,
  'body.too_large': ({ most }: Most) => `请求体过大，上限为 ${most} 字节`,
  'request.headers': '请求头含有 HTTP 无法传输的字符',
  'request.invalid': ({ part, detail }: { part?: string; detail?: string }) =>
    part ? `请求中的 "${part}" 缺失或不正确` : `请求不正确：${detail}`,
  'request.method': ({ allowed }: { allowed: string }) => `此处只接受 ${allowed}`,
  'request.timeout': '处理超时',
  'request.path': '此路径不存在',

  'query.invalid': ({ detail }: { detail: string }) => `查询不正确：${detail}`,
  'query.operation': '文档中没有请求所指的操作',
  'value.invalid': ({ detail }: { detail: string }) => `值不正确：${detail}`,
  'value.not_one_of': ({ given, type, values, more }: NotOneOf) =>
    `${given} 不是 ${type} 的值，应为以下之一：${values.join('、')}${more ? `（另有 ${more} 个）` : ''}`,
  'variables.too_deep': ({ most }: Most) => `变量最多嵌套 ${most} 层`,
  'input.too_many_values': ({ most }: Most) => `输入最多 ${most} 个值，文档每引用一次计一次`,
  'filter.empty': '筛选条件为空，请填写条件或将其去掉',
  'filter.too_large': ({ most }: Most) => `筛选条件过大或嵌套过深，上限为 ${most}`,
  'cursor.invalid': '游标不属于此列表的当前排序',
  'page.size': ({ least, most }: Least & Most) => `每页条数应为 ${least} 至 ${most}`,

  'scalar.DateTime': '应为带时区的时间，例如 "2026-03-01T09:30:00Z"',
  'scalar.Date': '应为实际存在的日期，例如 "2026-03-01"',
  'scalar.Decimal': '应为字符串形式的十进制数，例如 "12.5"，小数点前最多 15 位、后最多 4 位',
  'scalar.PreciseDecimal': '应为字符串形式的十进制数，例如 "0.006187"，小数点前最多 10 位、后最多 12 位',
  'scalar.EmailAddress': '应为电子邮件地址，例如 "jane@example.org"',
  'scalar.PhoneNumber': '应为 E.164 格式的电话号码，例如 "+8613800138000"',
  'scalar.JSON': '应为最多 16 层的 JSON 值，数字须精确',
  'scalar.CountryCode': '应为 ISO 3166-1 国家代码（两个大写字母），例如 "CN"',
  'scalar.CurrencyCode': '应为 ISO 4217 货币代码（大写），例如 "CNY"',

  'text.required': '不能为空',
  'text.too_long': ({ most }: Most) => `最多 ${most} 个字符`,
  'text.malformed': ({ character }: { character?: string }) =>
    character ? `不能含有字符 ${character}` : '含有无法保存的字符',
  'key.malformed': '应为键，不能含有空白和 @',
  'code.malformed': '应为代码，以字母或数字开头，只能含有 A-Z a-z 0-9 . _ : -',
  'subject.malformed': '应为身份认证服务中的用户标识（subject），不含空白',
  'id.malformed': '应为 UUID',
  'list.too_short': ({ least }: Least) => `至少 ${least} 项`,
  'list.too_long': ({ most }: Most) => `最多 ${most} 项`,
  'list.repeated': '列表中已有相同的一项，请去掉此项',
  'number.out_of_range': ({ above, least, most }: { above?: number; least?: number; most?: number }) => {
    if (above !== undefined) return `应大于 ${above}`
    if (least === undefined) return '不能为 0'
    return most === undefined ? `不能小于 ${least}` : `应为 ${least} 至 ${most}`
  },
  'time.out_of_range': ({ least, most }: Partial<Least> & { most?: string }) =>
    most ? `须早于 ${most}` : `不能早于 ${least}`,
  'time.future': '不能是将来的时间',
} satisfies Messages
