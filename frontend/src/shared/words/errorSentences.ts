/** The server's errors in Chinese, by their stable code; in English its own sentence says more. */
const CHINESE: Readonly<Record<string, string>> = {
  bad_campaign: "无法按所给内容创建标注活动。",
  bad_feature_file: "无法读取此特征文件。",
  bad_isolation: "隔离参数无效，无法据此制作片段。",
  bad_label: "标签无效。",
  bad_manifest: "清单文件有误。",
  bad_pickle: "无法读取此 pickle 文件。",
  bad_preparation: "这些标注前的准备设置无效。",
  bad_table: "无法将此表格读作标注结果。",
  bad_username: "用户名无效。",
  calibration_needed: "请先完成本阶段的校准。",
  campaign_not_open: "标注活动已暂停或结束，目前不接受答案。",
  cannot_export: "无法导出此版本。",
  cannot_map: "无法把表征映射到平面。",
  cannot_serve: "服务器无法启动。",
  cannot_split: "无法按要求划分数据集。",
  cannot_swap: "无法与所选的声音和面孔组合。",
  cannot_write: "无法写入文件。",
  clip_is_rated: "此片段也在本次活动中接受评分；若公开其评分，标注员会事先得知答案。",
  conflict: "当前状态不允许此操作。",
  database_busy: "数据库正被其他任务长时间写入，因此没有任何改动。请稍后重试。",
  domain_error: "无法完成此操作。",
  export_failed: "导出失败。",
  extraction_failed: "特征提取失败。",
  extractor_unavailable: "此特征提取器在本机不可用。",
  features_missing: "缺少所需的特征集，请先提取特征。",
  folder_not_allowed: "不允许从此文件夹导入。",
  idempotency_key_reused: "同一次提交的内容前后不一致，请重新作答。",
  invalid: "部分字段填写有误。",
  invalid_name: "名称无效。",
  invalid_recipe: "训练配方中的设置无效。",
  invalid_sweep: "这样的搜索无法进行。",
  test_split_closed: "调参时看不到测试集；请用搜索到的最佳设置训练后再评估。",
  isolation_in_use: "已有评分，不能再更改隔离方式。",
  media_changed: "媒体文件与版本记录不一致。",
  media_error: "无法处理此媒体文件。",
  media_programs_missing: "缺少可用的 ffmpeg 或 ffprobe。",
  media_refused: "现在不能查看此文件。",
  no_earlier_version: "没有更早的版本可供比较。",
  no_such_extractor: "没有这个特征提取器。",
  no_such_reason: "这个理由不能用于当前阶段。",
  not_allowed: "您的角色无权进行此操作。",
  not_an_export: "这不是数据集版本的导出文件。",
  not_authenticated: "登录已失效，请重新登录。",
  not_found: "没有您可以查看的内容。",
  not_perceived: "请先完整播放或读完片段，再作答。",
  not_predicted: "此运行的模型不预测这一模态。",
  nothing_asked_for: "没有选择任何内容。",
  nothing_imported: "没有导入任何内容。",
  nothing_in_common: "两者没有共同的片段。",
  nothing_to_publish: "没有可以发布的片段。",
  nothing_to_undo: "本阶段没有可以撤回的答案。",
  off_the_scale: "评分必须是 −3 到 +3 的整数。",
  refused_pickle: "此 pickle 文件含有可执行内容，已拒绝读取。",
  run_failed: "训练进程未得出结果就结束了。",
  run_unfinished: "此运行尚无结果。",
  sample_failed: "示例项目加载失败。",
  search_failed: "泄漏检查失败。",
  stage_rests: "两个阶段之间的间隔时间未到，本阶段暂未开放。",
  stage_locked: "本阶段尚未开放，或已经完成。",
  throttled: "请求过于频繁，请稍后再试。",
  too_few_scores: "评分数量不足，无法汇总。",
  unknown_filter: "没有这个筛选条件。",
  unknown_format: "没有这种导出格式。",
  unreadable_table: "无法读取此表格。",
  weak_password: "密码不够安全。",
  withdrawn_version: "此版本已被撤回。",
  wrong_password: "密码不正确。",
};

/** Those whose sentence says everything, so that the server's English adds nothing. */
const COMPLETE: ReadonlySet<string> = new Set([
  "calibration_needed",
  "campaign_not_open",
  "idempotency_key_reused",
  "media_refused",
  "no_such_reason",
  "not_allowed",
  "not_authenticated",
  "not_found",
  "not_perceived",
  "nothing_to_undo",
  "off_the_scale",
  "stage_locked",
  "throttled",
  "wrong_password",
]);

interface Said {
  code: string;
  message: string;
}

/** What to show: one sentence in the page's language, and the server's English where it tells more. */
export function sentencesOf(
  { code, message }: Said,
  language: string,
): { sentence: string; original?: string } {
  const chinese = language === "zh" ? CHINESE[code] : undefined;
  if (!chinese) return { sentence: message };
  return COMPLETE.has(code) ? { sentence: chinese } : { sentence: chinese, original: message };
}
