# Makes two_stage.csv, an invented sample in two stages, and prints what R finds in it: Rscript two_stage.R in this folder.
# The figures are in core/tests/design_tests/values.rs.
suppressMessages(library(survey))
set.seed(731)
rows <- NULL
N1 <- c(10,12,8); 
for (h in 1:3) for (c in 1:4) { M <- 15+3*c; u <- rnorm(1,0,.6)
  for (i in 1:6) { x <- round(rnorm(1,5+u,2),2); a <- sample(c("lav","mid","tall"),1,prob=c(.4,.35,.25)); e <- u+rnorm(1)
    rows <- rbind(rows,data.frame(h=c("A","B","C")[h],psu=c,ssu=i,N=N1[h],M=M,w=N1[h]/4*M/6,x=x,a=a,
      b=ifelse(runif(1)<plogis(e+(a=="tall")-.4*(h==2)),"ja","nei"),y=round(10+2*x*(a!="lav")+3*e,1),z=as.integer(runif(1)<plogis(-1+.3*x+.5*u)),dom=sample(0:1,1,prob=c(.3,.7)))) } }
rows$a[c(5,40)] <- NA; rows$b[c(9,62)] <- NA; rows$y[c(3,33,55)] <- NA; rows$z[12] <- NA
write.csv(rows,"two_stage.csv",row.names=FALSE,quote=FALSE,na="")
d <- read.csv("two_stage.csv",na.strings="",stringsAsFactors=FALSE)
two <- svydesign(id=~psu+ssu,strata=~h,fpc=~N+M,weights=~w,nest=TRUE,data=d)
clu <- svydesign(id=~psu,strata=~h,weights=~w,nest=TRUE,data=d)
dm <- subset(two,dom==1)
f <- function(...) cat(...,sep="")
num <- function(v) paste(sprintf("%.17g",as.numeric(v)),collapse=", ")
for (nm in c("two","clu","dm")) { D <- get(nm)
 for (st in c("F","Chisq","Wald","adjWald","saddlepoint")) { h <- svychisq(~a+b,D,statistic=st); f('("',nm,'", "',st,'", &[',num(c(h$statistic,h$p.value,h$parameter)),']),\n') }
 h <- svyttest(y~b,D); f('("',nm,'", "t", &[',num(c(h$estimate,h$statistic,h$p.value,h$parameter)),']),\n')
 h <- svyttest(y~0,D,na.rm=TRUE); f('("',nm,'", "t1", &[',num(c(h$estimate,h$statistic,h$p.value,h$parameter)),']),\n')
 for (t in c("wilcoxon","vanderWaerden","median")) { h <- svyranktest(y~b,D,test=t); f('("',nm,'", "rank2 ',t,'", &[',num(c(h$statistic,h$p.value,h$parameter)),']),\n')
  h <- svyranktest(y~a,D,test=t); f('("',nm,'", "rank3 ',t,'", &[',num(c(h$parameter,h$p.value,h$statistic,h$ddf)),']),\n') }
 g <- svyglm(y~x*a,D); f('("',nm,'", "y ~ x*a", &[',num(c(coef(g),SE(g),g$df.residual)),']),\n')
 r <- regTermTest(g,~x:a); f('("',nm,'", "y ~ x*a term", &[',num(c(r$Ftest,r$p)),']),\n')
 g <- svyglm(z~x+factor(psu)+I(x^2),D,family=quasibinomial,control=glm.control(epsilon=1e-14,maxit=100)); f('("',nm,'", "z ~ x + factor(psu) + I(x^2)", &[',num(c(coef(g),SE(g),g$df.residual)),']),\n')
 g <- svyglm(I(b=="ja")~x:a,D,family=quasibinomial,control=glm.control(epsilon=1e-14,maxit=100)); f('("',nm,'", "b=ja ~ x:a", &[',num(c(coef(g),SE(g),g$df.residual)),']),\n')
}
