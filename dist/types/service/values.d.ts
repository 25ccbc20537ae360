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
