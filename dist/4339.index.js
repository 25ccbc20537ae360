const D=4339,M=[4339],d={4339:((O,E,_)=>{_.d(E,{fromEnv:()=>s.g});var s=_(8916),P=_(9959),n=_(8069),o=_(1523)})};export{D as id,M as ids,d as modules};
