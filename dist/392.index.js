const D=392,O=[392],I={7630:((s,E,_)=>{_.d(E,{fromEnv:()=>M.g});var M=_(1371),P=_(733),n=_(8341),o=_(1523)})};export{D as id,O as ids,I as modules};
