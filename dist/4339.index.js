const D=4339,M=[4339],d={84339:((O,E,_)=>{_.d(E,{fromEnv:()=>s.g});var s=_(38916),P=_(79959),n=_(78069),o=_(51523)})};export{D as id,M as ids,d as modules};
