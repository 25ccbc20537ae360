/** One action on one resource that a statement allows or denies somebody. */
export interface Permission {
  /** The resource that carries the statement. */
  readonly logicalId: string;
  readonly effect: string;
  /** Who, for policies of resources and trust; empty for policies of roles. */
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  /** The statement's conditions as JSON; empty when there are none. */
  readonly condition: string;
  /** The property that says so. */
  readonly property: string;
  /**
   * Why a reader should look twice: anybody can use it; it covers all actions of a service; it leads to more rights than
   * it names, or to everything of a kind; it covers more than a permission that it takes the place of.
   */
  readonly concern?: 'public' | 'wildcard' | 'powerful' | 'widened';
}

/** A permission that comes or goes. */
export interface IamChange extends Permission {
  readonly kind: 'added' | 'removed';
}

/** Something that protected a resource and goes, or gets weaker. */
export interface LostProtection {
  /** `encryption at rest` */
  readonly what: string;
  /** The property that gives it; empty where it is the whole resource, which is removed. */
  readonly property: string;
  /** Its values in a word; both are left out where they are written the same. */
  readonly before?: string;
  readonly after?: string;
  /** The resource that is protected no longer, where another one than the removed one is known. */
  readonly subject?: string;
}
