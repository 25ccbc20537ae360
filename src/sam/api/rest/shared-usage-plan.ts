import type { Json, JsonObject } from '../../../template/types.ts';
import { refuseTemplate } from '../../problems.ts';
import { given } from '../../python/values.ts';

const CONDITION = 'SharedUsagePlanCondition';

/** What APIs put into the one usage plan of `CreateUsagePlan: SHARED`. */
export class SharedUsagePlan {
  readonly apis: string[] = [];
  readonly apiStages: Json[] = [];
  readonly stageKeys: Json[] = [];
  readonly #conditions = new Set<string>();
  #hasUnconditional = false;
  #deletionPolicy: Json | undefined;
  #updateReplacePolicy: Json | undefined;

  /**
   * Attributes of the plan and its key, once an API more is in it: it is kept if any API is, and there unless no API is.
   *
   * @param conditions the section of the template, which may get a condition for it
   */
  attributes(passed: JsonObject, conditions: JsonObject | undefined): JsonObject {
    const { DeletionPolicy, UpdateReplacePolicy, Condition } = passed;
    if (given(DeletionPolicy) && (this.#deletionPolicy === undefined || DeletionPolicy === 'Retain'))
      this.#deletionPolicy = DeletionPolicy;
    const before = this.#updateReplacePolicy;
    if (
      given(UpdateReplacePolicy) &&
      (before === undefined ||
        UpdateReplacePolicy === 'Retain' ||
        (UpdateReplacePolicy === 'Snapshot' && before === 'Delete'))
    )
      this.#updateReplacePolicy = UpdateReplacePolicy;
    this.#addCondition(Condition, conditions);
    return {
      ...(this.#deletionPolicy !== undefined && { DeletionPolicy: this.#deletionPolicy }),
      ...(this.#updateReplacePolicy !== undefined && { UpdateReplacePolicy: this.#updateReplacePolicy }),
      ...(this.#conditions.size > 0 && !this.#hasUnconditional && { Condition: CONDITION }),
    };
  }

  #addCondition(condition: Json | undefined, conditions: JsonObject | undefined): void {
    if (this.#hasUnconditional) return;
    if (!given(condition)) {
      this.#hasUnconditional = true;
      if (conditions) delete conditions[CONDITION];
      return;
    }
    if (typeof condition !== 'string' || condition === '' || this.#conditions.has(condition)) return;
    if (!conditions)
      refuseTemplate(
        ['Conditions'],
        `there is no condition ${condition}: the template has no section Conditions`,
      );
    this.#conditions.add(condition);
    conditions[CONDITION] =
      this.#conditions.size === 1
        ? condition
        : { 'Fn::Or': Array.from(this.#conditions, (name) => ({ Condition: name })) };
  }
}
