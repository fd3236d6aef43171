import type { CalendarIssue } from './check-calendar.js'

/** What is wrong with a calendar, in Chinese, by reason. */
export const calendarInChinese = {
  'calendar.time_zone': '应为 IANA 时区名称，例如 Asia/Shanghai',
  'calendar.date': '应为 YYYY-MM-DD 格式的日期',
  'calendar.repeated_date': '该日期与前面的重复',
  'calendar.time': '应为 00:00 至 24:00 之间、HH:MM 格式的时间',
  'calendar.interval': '时段不能与前一时段重叠，且结束须晚于开始；跨零点的工作时间请分成两段',
  'calendar.never_open': '每周至少有一天有工作时间',
} satisfies Record<CalendarIssue['reason'], string>
