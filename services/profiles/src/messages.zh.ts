import { calendarInChinese } from '@clientele/business-calendar'
import { filesInChinese } from '@clientele/files'
import type { Messages } from '@clientele/kit'

type Most = { most: number }
type Least = { least: string; most?: string }
type Kind = { kind: string }

/** What the service says, in Chinese. */
export const zh = {
  ...calendarInChinese,
  ...filesInChinese,
  'absence.unknown': '该员工没有这条缺勤记录',
  'absence.overlapping': ({ from, until }: { from: string; until: string }) =>
    `该员工在 ${from} 至 ${until} 已登记缺勤，日期不能重叠`,
  'absence.reversed': '结束日期不能早于开始日期',
  'absence.too_many': ({ most }: Most) => `一名员工最多 ${most} 条缺勤记录，请先删除一些`,
  'address.unknown': '该客户没有这个地址',
  'address.empty': '地址至少填写街道、城市、省份、邮编或国家中的一项',
  'audit.service': ({ allowed }: { allowed: readonly string[] }) => `应为以下服务之一：${allowed.join('、')}`,
  'bulk_change.author_left': '发起人已离职，未继续执行',
  'bulk_change.changed_since': '该客户此后已被更改，未撤销',
  'bulk_change.filter_empty': '筛选条件为空；如确要更改全部客户，请填写 everyCustomer: true',
  'bulk_change.foreign': ({ kind }: Kind) => `${kind} 不使用此项`,
  'bulk_change.nothing': '至少填写一个要更改的字段',
  'bulk_change.selection': 'ids、filter 与 everyCustomer: true 须且只能选填一项',
  'bulk_change.too_many': ({ most }: Most) => `一次最多更改 ${most} 个客户`,
  'bulk_change.too_many_running': ({ most }: Most) => `已有 ${most} 个批量更改正在执行，请等待其中一个完成`,
  'bulk_change.undone': '已全部撤销',
  'bulk_change.undo_over': ({ until }: { until: string }) => `撤销期限已于 ${until} 截止`,
  'calendar.unknown': '没有这个日历',
  'calendar.is_default': '默认日历不能停用，请先另设默认日历',
  'calendar.other_year': ({ year }: { year: string }) => `应为 ${year} 年的日期`,
  'calendar.too_many': ({ most }: Most) => `最多 ${most} 个日历，请修改现有的日历`,
  'calendar.unusable': '应为使用中的日历的键',
  'color.malformed': '应为 #rrggbb 格式的颜色',
  'contact_person.unknown': '该客户没有这个联系人',
  'contact_point.unknown': '该客户没有这个联系方式',
  'contact_point.email': '应为电子邮件地址，例如 jane@example.org',
  'contact_point.phone': '无法识别为唯一确定的电话号码，已按原样保留',
  'contact_point.several': '一项只能填写一个值，请分别填写',
  'contact_point.web': '不是网址，已按原样保留',
  'country.unknown': ({ meant }: { meant: string | null }) =>
    `应为 ISO 3166-1 代码（例如 CN）或国家名称${meant ? `，是否指 ${meant}？` : ''}`,
  'customer.unknown': '客户不存在，或您无权查看',
  'customer.archived': '该客户已归档',
  'customer.kind_changed': ({ kind }: Kind) => `该客户的类型是 ${kind}，不能更改`,
  'customer.kind_required': '新建客户须填写客户类型',
  'customer.kind_mismatch': ({ kind }: Kind) => `${kind} 类客户没有此项`,
  'customer.nameless': '没有名称，请填写',
  'customer.number_taken': '该编号已被其他客户使用',
  'customer.origin_taken': '该来源编号已被其他客户使用',
  'customer.out_of_scope': '该客户不在或将不在您的权限范围内',
  'date.future': '不能是将来的日期',
  'date.out_of_range': ({ least, most }: Least) =>
    most ? `日期应在 ${least} 至 ${most} 之间` : `日期不能早于 ${least}`,
  'deadline.reversed': '办结时限不能短于受理确认时限',
  'deadline.too_far': '投诉时限过长，默认日历中的工作时间不足以在限定周数内达到',
  'language.malformed': '应为 BCP 47 语言标签，例如 zh 或 en-GB',
  'member.missing': '应列出全部条目的 id',
  'member.repeated': 'id 与前面的重复',
  'member.unknown': '列表中没有此 id 的条目',
  'purchase.unknown': '交易不存在，或您无权查看',
  'purchase.lines_required': '更改类型时须同时给出明细',
  'purchase.mixed_signs': '退货或取消的数量须同为正或同为负',
  'purchase.origin_taken': '该来源编号已被其他交易使用',
  'purchase.customer_changed': '已有的交易不能改到另一个客户名下',
  'purchase.too_large': '金额须小于 10^15',
  'purchase.voided': '该交易已作废，不能更正，请重新录入',
  'rate.same_currency': '应为另一种货币',
  'rate.too_many_pairs': ({ most }: Most) => `最多 ${most} 个货币对`,
  'row.failed': ({ reference }: { reference: string }) => `因服务器内部原因未能保存，详见日志，编号 ${reference}`,
  'row.repeated': '前面已有编号相同而内容不同的行',
  'search.text': ({ least, most }: { least: number; most: number }) => `搜索文字应为 ${least} 至 ${most} 个字符`,
  'staff.unknown': '不是已登记的员工，可用 staff 查询',
  'staff.active': '该员工在职',
  'staff.no_directory': '员工由人工登记，没有可供比对的身份认证服务',
  'staff.sync_running': '正在与身份认证服务比对员工',
  'staff.directory': '暂时无法查询员工目录',
  'staff.from_directory':
    '此项由身份认证服务管理，请在其中修改（例如停用或启用账号），然后执行 syncStaff，或等待下一次自动比对',
  'staff.known': '该员工已登记',
  'staff.left': '该员工已离职',
  'substitute.self': '代理人不能是本人',
  'tag.unknown': '标签不存在',
  'tag.merged_into_itself': '不能与自身合并',
  'tag.name_taken': '该名称现在或曾经属于其他标签，请将二者合并',
  'tag.retired': '该标签已停用，不能再新增',
  'tag.too_many': ({ most }: Most) => `最多 ${most} 个标签，请使用现有的标签`,
  'team.unknown': '没有这个团队',
  'team.archived': '该团队已停用',
  'team.nobody': '该团队中没有在职成员',
  'automation.other_action': '此服务不执行这种操作',
  'team.key_taken': '该键已被其他团队使用',
  'team.too_many': ({ most }: Most) => `每人最多加入 ${most} 个团队`,
  'territory.out_of_scope': ({
    territory,
    territories,
    roles,
  }: {
    territory: string
    territories: readonly string[]
    roles: readonly string[]
  }) =>
    `不能将客户归入区域 ${territory}：${territories.length ? `只能归入您的区域或其下级（${territories.join('、')}）` : '您没有任何区域'}。可归入任意区域的角色：${roles.join('、')}`,
  'url.malformed': '应为以 https:// 开头的地址',
  'time_zone.unknown': '应为 IANA 时区名称，例如 Asia/Shanghai',
} satisfies Messages

type ProfilesMessages = typeof zh

declare module '@clientele/kit' {
  interface Reasons extends ProfilesMessages {}
}
