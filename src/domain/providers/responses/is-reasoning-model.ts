/** o1, o3, o4-mini; gpt-5 and later, whose chat variants do not reason; Codex. Names may have a prefix, as fine-tuned models do. */
const reasoningNames = /^(?:ft:)?(?:o\d|gpt-(?:[5-9]|\d\d)|codex)(?!.*\bchat\b)/

/** Whether one of OpenAI's models reasons before it answers: only its name says so. */
export function isReasoningModel(modelId: string): boolean {
  return reasoningNames.test(modelId)
}
