/** Any value that JSON can hold. */
export type Data = null | boolean | number | string | readonly Data[] | {
    readonly [key: string]: Data;
};
/** An intrinsic function of CloudFormation: `{ Ref: 'Orders' }`, `{ 'Fn::GetAtt': ['Orders', 'Arn'] }`. */
export type Intrinsic = {
    readonly Ref: string;
} | {
    readonly [name in `Fn::${string}`]: Data;
};
/** A value, or an intrinsic function that CloudFormation works it out with. */
export type Value<Type> = Type | Intrinsic;
/** Days that CloudWatch Logs takes. */
export type Retention = 1 | 3 | 5 | 7 | 14 | 30 | 60 | 90 | 120 | 150 | 180 | 365 | 400 | 545 | 731 | 1096 | 1827 | 2192 | 2557 | 2922 | 3288 | 3653;
