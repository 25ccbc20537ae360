const P=440,O=[440],d={5440:((n,E,_)=>{_.d(E,{fromEnv:()=>s.g});var s=_(4909),o=_(9),D=_(8341),M=_(1523)})};export{P as id,O as ids,d as modules};
